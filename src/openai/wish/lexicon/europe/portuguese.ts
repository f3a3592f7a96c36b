import type { Words } from '../../lexicon.ts'

export const PORTUGUESE: Words = {
  verb: 'first',
  tell: `nomear nomeie dar_nome condense comprima abrevie voce_traduz resuma resume resumir resumas sintetize explique explica explicar descreva descreve descrever reformule parafraseie calcule calcula classifique compare conte_me conta_me me_conte conte diga_me me_diga fale_me enumere liste defina corrija recapitule me_fale fale_sobre resolva recomende me_recomende ensine_me me_ensine me_conta`,
  translate: 'voce_traduz traduza traduz traduzir traduzes',
  reply:
    'responda responde responder repita repete diga diz devolva retorne confirme confirma escreva_apenas',
  make: `analise quero gostaria condense abrevie encurte leia gere gera gerar crie cria criar de dar de_um forneca fornece ofereca proponha sugira sugere extraia extrai extrair encontre
    determine identifique melhore complete converta avalie produza elabore faca faz fazer atribua escolha invente preciso redija
    formule retorne devolva verifique`,
  write: `escreva escreve escrever redija redigir componha sugira proponha cite de me_de`,
  work: `converta converte converter reescreva reescreve reescrever encurte simplifique ordene continue complete corrija corrige melhore melhora extraia extrai extrair verifique revise avalie analise compare otimize amplie detecte identifique determine decida`,
  title: `nome fatos ortografia gramatica titulo titulos cabecalho manchete resumo resumos sintese palavra_chave palavras_chave hashtag* etiqueta etiquetas tags tema temas
    topico topicos assunto pergunta perguntas perguntas_de_acompanhamento traducao traducoes descricao descricoes legenda
    legendas explicacao consulta consultas sentimento intencao categoria categorias lista sugestoes pontos_chave ata definicao
    sinonimo* prompt prompts conclusao fatos recapitulacao busca nome_curto nome_para_esta termos_chave`,
  text: `poema poemas haicai redacao ensaio e_mail email piada piadas letra_de_musica codigo funcao funcoes programa script paragrafo artigo
    expressao_regular frase frases charada razoes conselhos dicas passos diferenca diferencas discurso carta_de_apresentacao
    slogan consulta_sql algoritmo teste_unitario poesia`,
  prose:
    'historia historias carta cancao receita receitas nomes conto resposta relatorio mensagem texto exemplos',
  talk: `perguntas conversa conversas dialogo discussao troca chat chats mensagem mensagens texto textos seguinte seguintes anterior acima abaixo
    historico conteudo artigo frase frases documento usuario assistente reuniao topico paragrafo entrada falamos pergunta bate_papo`,
  tongue: `portugues ingles alemao frances italiano espanhol chines japones coreano russo arabe`,
  chat: 'barra_lateral troca historico conversa conversas dialogo discussao chat chats historico bate_papo',
  writer: `tradutor tradutora interprete redator redatora revisor gerador_de_titulos resumidor classificador copywriter secretario
    engenheiro_de_prompts moderador motor_de_traducao extrator_de_palavras`,
  form: `apenas somente so nada_mais nada sem nao nenhum nenhuma maximo palavras palavra caracteres pontuacao aspas explicacao explicacoes
    formato idioma portugues ingles curto curta breve conciso concisa menos mais exatamente simples linha linhas virgulas
    separadas introducao exclusivamente ate`,
  draw: `desenhe desenha desenhar desenhe_me pinte pinta pintar ilustre ilustra ilustrar esboce represente mostre mostra mostre_me me_mostre
    visualize projete crie_uma_imagem imagine fotografe colora retrate desenho`,
  picture: `imagem imagens foto fotos fotografia desenho desenhos pintura pinturas quadro ilustracao ilustracoes esboco logo logos logotipo
    icone icones cartaz cartazes poster banner faixa panfleto papel_de_parede retrato avatar infografico* diagrama esquema quadrinhos
    tirinha meme adesivo adesivos figurinha figurinhas miniatura cartao cartoes postal convite mapa paisagem cena colagem mural
    padrao capa placa letreiro outdoor balao_de_fala aquarela embalagem caneca camiseta mascote nuvem_de_palavras maquete slide
    storyboard grafite cartao_de_visita arte rotulo`,
  look: `vermelho vermelha azul verde amarelo preto branco rosa roxo estilo fundo luz iluminacao realista fotorrealista aquarela oleo cores cor escuro claro pastel neon minimalista close por_do_sol dourad* brilhante* fonte letras retro vintage vetorial cinematografic* sombra* madeira tipografia`,
  sight: 'parece pareceria aparencia se_parece e_se seria',
  may: 'ajude_me me_ajude pode poderia consegue podem quer voce_pode voce_consegue e_possivel da_para',
  ask: `que quem qual quais quando onde por_que porque como quanto quanta quantos quantas e es esta sabe ha fala o_que`,
  you: 'aja_como atue_como tu te ti teu tua voce voces seu sua seus suas eu me mim meu minha nos',
  small: `ficou mensagem_de_teste ignore amigo amiga lindo bonito ola oi bom_dia boa_tarde boa_noite obrigado obrigada muito_obrigado tchau adeus ate_logo sim nao ok certo beleza tudo_bem tudo_bom
    otimo perfeito excelente legal teste testando test saudacoes conexao verificacao por_favor funciona bem muito_bem valeu
    bem_vindo e_ai opa entendido recebido pronto alo ajuda`,
  plain: `ficou mensagem ignore ignorar maquina pessoa amigo criou criado fez treinado empresa ajudar ajuda o a os as um uma uns umas de do da dos das ao aos no na nos nas em e ou mas se por para com sem como sao era ser sou es esta estou
    este essa esse isso isto esta aquilo tem ter tenho pode posso poder quero quer vou vai deve nao nem mais muito tambem so ja aqui
    ali agora hoje amanha ontem que quem qual quando onde quanto quantos se lhe nos palavra palavras nome nomes modelo versao
    chama dizer diz falar fala fale resposta respostas responde responda pergunta perguntas coisa algo nada tudo todos tempo dia hora
    horas data idioma portugues ingles humano robo ia assistente sistema servidor um dois tres quatro cinco seis sete oito nove dez
    zero mais menos vezes dividido igual soma resultado numero funciona funcionando ouve entende teste tarefa base partir breve
    curto unica uma_unica usa usando outro outra sao entediado`,
}
