import type { Words } from '../../lexicon.ts'

export const FRENCH: Words = {
  verb: 'first',
  tell: `nommer nomme nommez condense condensez compresse abrege tu_traduis vous_traduisez cite_moi citez_moi devine recommande_moi resume resumez resumer synthetise synthetisez explique expliquez expliquer decris decrivez decrire reformule reformulez reformuler paraphrase calcule calculez calculer classe_ce classifie classifiez compare comparez raconte racontez raconter dis_moi dites_moi enumere enumerez cite citez definis definissez corrige corrigez relis recapitule recapitulez parle_moi parlez_moi resous resolvez conseille recommande apprends_moi liste listez`,
  translate: 'tu_traduis vous_traduisez traduisez_en traduis traduisez traduire',
  reply:
    'reponds repondez repondre repond repete repetez repeter dis dites renvoie renvoyez confirme retourne',
  make: `affiche affichez analyse analysez veux voudrais j_aimerais condense abrege raccourcis nomme lis genere generez generer cree creez creer donne donnez donner propose proposez proposer fournis fournissez fournir extrais
    extrayez extraire trouve trouvez trouver suggere suggerez determine determinez identifie identifiez ameliore ameliorez
    complete completez convertis evalue evaluez attribue attribuez produis produisez etablis redige redigez fais faites faire
    formule formulez choisis choisissez elabore dresse nomme imagine_un_titre renvoie retourne verifie`,
  write:
    'ecris ecrivez ecrire redige redigez rediger compose composez donne donnez propose proposez cite formule',
  work: `convertis convertissez convertir reecris reecrivez reecrire raccourcis raccourcissez simplifie simplifiez trie triez continue continuez complete completez corrige corrigez ameliore ameliorez extrais extrayez extraire verifie verifiez evalue evaluez analyse analysez compare comparez optimise optimisez developpe detecte identifie determine decide`,
  title: `nom intitules faits fautes orthographe grammaire titre titres intitule resume resumes synthese mot_cle mots_cles mots_clefs mot_clef hashtag* etiquette etiquettes tags sujet
    sujets theme themes question questions questions_de_suivi traduction traductions description descriptions legende legendes
    explication requete requetes sentiment intention categorie categories objet liste suggestions points_cles compte_rendu
    apercu definition synonyme* prompt prompts en_tete conclusion faits recapitulatif nom_court bilan plan_du_texte accroche
    transmission termes_cles`,
  text: `poeme poemes haiku dissertation essai email mail courriel blague blagues paroles code fonction fonctions programme script
    paragraphe article expression_reguliere phrase phrases devinette raisons conseils etapes difference differences discours
    lettre_de_motivation slogan test_unitaire requete_sql billet algorithme rime`,
  prose:
    'histoire histoires lettre chanson recette recettes noms conte reponse rapport message texte exemples',
  talk: `questions conversation conversations discussion discussions dialogue echange echanges message messages texte textes suivant suivante
    suivants ci_dessous ci_dessus precedent historique contenu article phrase phrases document utilisateur assistant reunion
    fil entretien saisie paragraphe passage discute question`,
  tongue: `francais anglais allemand espagnol italien portugais chinois japonais coreen russe arabe latin neerlandais`,
  chat: 'fil barre_laterale historique conversation conversations discussion discussions dialogue echange echanges historique fil entretien',
  writer: `traducteur traductrice interprete redacteur relecteur correcteur generateur_de_titres generateur_de_titre classificateur
    resumeur copywriter greffier ingenieur_de_prompts moderateur synthetiseur moteur_de_traduction extracteur_de_mots_cles`,
  form: `seulement uniquement rien_d_autre sans ne pas aucun aucune maximum mots mot caracteres ponctuation guillemets explication
    explications format langue francais anglais court courte bref breve concis concise moins plus juste exactement simple
    ligne lignes virgules separes introduction exclusivement rien plus_de`,
  draw: `dessine dessinez dessiner dessin peins peignez peindre illustre illustrez illustrer esquisse croque_moi represente representez montre
    montrez montre_moi visualise concois concevez imagine photographie colorie rends_moi`,
  picture: `diagrammes schemas infographies tableau_noir tableau_de_maitre image images photo photos photographie dessin dessins peinture peintures illustration illustrations croquis logo logos icone icones affiche affiches poster banniere flyer prospectus fond_d_ecran portrait avatar infographie* diagramme schema bande_dessinee bd autocollant sticker stickers miniature carte cartes carte_postale invitation paysage scene collage fresque motif couverture pochette enseigne panneau bulle bulles aquarelle emballage tasse t_shirt faire_part mascotte page_de_titre nuage_de_mots storyboard carte_de_visite maquette etiquette_de_vin menu_de_restaurant diapositive planche graffiti visuel vignette`,
  look: `rouge bleu verte vert jaune noir blanc violet rose style fond arriere_plan lumiere eclairage realiste photorealiste aquarelle huile couleurs couleur sombre clair pastel neon minimaliste gros_plan coucher_de_soleil dore* brillant* police ecriture lettres retro vintage vectoriel cinematographique ombre* en_lettres bois`,
  sight: 'ressemble ressemblerait ressemblent a_quoi_ressemble et_si air_de',
  may: 'aide_moi peux peut pouvez pourrais pourriez pourrait veux voulez est_il_possible',
  ask: `que quoi qu quel quelle quels quelles qui ou quand pourquoi comment combien est es as avez connais sais savez etes parles`,
  you: 'agis_comme comporte_toi tu te toi ton ta tes vous votre vos je j moi me m mon ma mes nous',
  small: `bientot a_bientot a_plus message_de_test ignorer magnifique beau ami amie bonjour bonsoir salut coucou bonne_nuit bonne_journee merci merci_beaucoup au_revoir oui non d_accord ca_va ca_marche super
    parfait genial bravo test essai teste verification connexion allo hey enchante s_il_vous_plait s_il_te_plait svp stp bien
    tres_bien excellent bienvenue ca_fonctionne bien_recu pret cool aide`,
  plain: `message ignorer ignorez bientot machine ami ami_e cree creee concu entraine aide aider humaine societe entreprise fait avez aimes faites marcher envoye recu role reponds dans langue ecrit ceci le la les l un une des du de d et ou mais si a au aux en dans sur par pour avec sans comme est sont etait etre suis es ai as avez
    ont avoir peux peut pouvez pouvoir veux veut voulez vais va allez dois doit devez ne n pas plus ce cet cette ces c il elle
    ils elles on se s y qui que qu quoi quel quelle quels quelles ou quand comment combien ici la ainsi aussi tres bien
    juste encore deja maintenant aujourd_hui hui demain hier mot mots nom noms modele version appelle appelles appelez dire dis
    dites parler parle parles parlez reponse reponses reponds repondre question chose rien tout tous toute toutes temps jour
    heure date langue francais anglais humain robot ia assistant systeme serveur un deux trois quatre cinq six sept huit neuf
    dix zero plus moins fois divise egale egal font fait resultat nombre chiffre fonctionne fonctionnes marche marches
    entends comprends test es_tu ca cela quelque votre tache base partir suivant court seul seule unique bref utilise utilises est_ce_que`,
}
