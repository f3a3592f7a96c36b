import type { Words } from '../../lexicon.ts'

export const SPANISH: Words = {
  verb: 'first',
  tell: `nombra nombrar poner_nombre pon_nombre condensa condensar comprime abrevia traduces recomiendame adivina resume resumir resuma resumeme sintetiza sintetice explica explicame explique explicar describe describa describir reformula parafrasea calcula calcule clasifica clasifique compara compare cuentame dime digame enumera enumere define corrige recapitula hablame resuelve recomienda recomiendame ensename lista`,
  translate: 'traduces traduce traduzca traducir traduceme traduzcame',
  reply:
    'responde responda responder contesta conteste contestar repite repita di diga devuelve devuelva confirma confirme imprime',
  make: `analiza analice quiero quisiera condensa abrevia acorta lee ponle genera genere generar crea cree crear da de_un dame deme proporciona proporcione ofrece propon proponga sugiere sugiera extrae
    extraiga extraer encuentra encuentre determina determine identifica identifique mejora completa convierte evalua evalue
    produce produzca elabora elabore haz haga hacer asigna ponle pon escoge elige inventa necesito redacta formula devuelve
    verifica`,
  write: `escribe escriba escribir escribeme redacta redacte redactar compon componga dame propon sugiere cita da`,
  work: `convierte convierta convertir reescribe reescriba reescribir acorta simplifica ordena continua completa corrige corrija mejora mejore extrae extraiga extraer verifica revisa evalua analiza compara optimiza amplia detecta identifica determina decide`,
  title: `nombre hechos ortografia gramatica titulo titulos encabezado titular resumen resumenes sintesis palabra_clave palabras_clave palabras_claves hashtag* etiqueta
    etiquetas tags tema temas asunto pregunta preguntas preguntas_de_seguimiento traduccion traducciones descripcion
    descripciones leyenda explicacion consulta consultas sentimiento intencion categoria categorias lista sugerencias
    puntos_clave acta definicion sinonimo* prompt prompts conclusion hechos recapitulacion indice busqueda nombre_corto
    nombre_para_este nombre_para_esta terminos_clave`,
  text: `poema poemas haiku ensayo correo email chiste chistes letra_de_cancion codigo funcion funciones programa script parrafo articulo
    expresion_regular frase frases oracion adivinanza razones consejos pasos diferencia diferencias discurso carta_de_presentacion
    eslogan consulta_sql algoritmo prueba_unitaria poesia`,
  prose:
    'historia historias carta cancion receta recetas nombres cuento respuesta informe mensaje texto ejemplos',
  talk: `preguntas conversacion conversaciones charla dialogo discusion intercambio chat chats mensaje mensajes texto textos siguiente siguientes
    anterior arriba abajo historial contenido articulo frase frases oracion documento usuario asistente reunion hilo parrafo
    entrada hablado pregunta`,
  tongue: `espanol ingles aleman frances italiano portugues chino japones coreano ruso arabe latin castellano`,
  chat: 'barra_lateral historial conversacion conversaciones charla dialogo discusion intercambio chat chats historial hilo',
  writer: `traductor traductora interprete redactor redactora corrector generador_de_titulos resumidor clasificador copywriter
    secretario ingeniero_de_prompts moderador motor_de_traduccion extractor_de_palabras`,
  form: `solo solamente unicamente nada_mas nada sin no ningun ninguna maximo palabras palabra caracteres puntuacion comillas explicacion
    explicaciones formato idioma espanol ingles corto corta breve conciso concisa menos mas exactamente simple linea lineas comas
    separadas introduccion exclusivamente`,
  draw: `dibuja dibuje dibujar dibujame dibujo pinta pinte pintar pintame ilustra ilustre ilustrar boceta bosqueja representa muestra muestrame
    muestreme visualiza disena disene disenar disename imagina fotografia colorea retrata ensename_una_imagen`,
  picture: `tira tira_comica imagen imagenes foto fotos fotografia dibujo dibujos pintura pinturas cuadro ilustracion ilustraciones boceto logo logos logotipo
    icono iconos cartel carteles poster pancarta folleto fondo_de_pantalla retrato avatar infografia* diagrama esquema comic historieta
    vineta meme pegatina pegatinas sticker stickers miniatura tarjeta tarjetas postal invitacion mapa paisaje escena collage mural
    patron portada letrero valla globo_de_texto bocadillo acuarela envase taza camiseta mascota etiqueta_de_vino nube_de_palabras
    maqueta diapositiva storyboard graffiti menu_de_restaurante tarjeta_de_visita sello rotulo`,
  look: `rojo roja azul verde amarillo negro blanco rosa morado estilo fondo luz iluminacion realista fotorrealista acuarela oleo colores color oscuro claro pastel neon minimalista primer_plano atardecer dorad* brillante* fuente letras retro vintage vectorial cinematografic* sombra* madera tipografia`,
  sight: 'se_ve se_veria luce luciria parece aspecto y_si',
  may: 'ayudame puedes puede podrias podria pueden quieres es_posible',
  ask: `que quien quienes cual cuales cuando donde por_que como cuanto cuanta cuantos cuantas es eres esta estas hay sabes hablas`,
  you: 'eres actua actua_como tu te ti tus usted ustedes su yo me mi mis nosotros nos vosotros',
  small: `ayudame quedo mensaje_de_prueba ignora amigo amiga hermoso precioso lindo hola buenas buenos_dias buenas_tardes buenas_noches gracias muchas_gracias adios hasta_luego chao si no vale de_acuerdo okay
    bien muy_bien genial perfecto excelente prueba probando test que_tal saludos conexion comprobacion oye por_favor funciona
    estupendo bienvenido hey entendido recibido listo verificacion ayuda`,
  plain: `quedo mensaje ignora ignorar maquina persona amigo creo creado hizo entrenado empresa ayudar ayudarme ayuda escrito llamado cuatro el la los las lo un una unos unas de del al a y o pero si en por para con sin como es son era ser soy eres esta estas estoy este
    esta esto estos estas ese esa eso he has ha hay haber puedo puedes puede poder quiero quieres voy va debes debe no ni mas muy
    tambien solo ya aqui alli ahora hoy manana ayer que quien cual cuando donde cuanto cuantos se le les nos palabra palabras
    nombre nombres modelo version llamas llama decir di dice hablar hablas habla respuesta respuestas responde pregunta preguntas
    cosa algo nada todo todos tiempo dia hora fecha idioma espanol ingles humano robot ia asistente sistema servidor uno dos tres
    cuatro cinco seis siete ocho nueve diez cero mas menos por dividido entre igual suma resultado numero funciona funcionas
    funcionando escuchas entiendes test tarea base partir breve corto unica tu usas utilizas otra otro siento aburrido`,
}
