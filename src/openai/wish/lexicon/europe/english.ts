import type { Words } from '../../lexicon.ts'

export const ENGLISH: Words = {
  verb: 'first',
  tell: `solve_for solving converting complete_the_following answer_the_following fact_check fill_in_the_blank reverse_the_string grade_the judge_the evaluate_the plan_my compact compress boil_down sum_it_up use_the_tool call_the_tool call_the_function predict guess_what tell write_out_the name_this name_the name_our name_conversations title_this label_this read_the read_this read_out ocr summarize summarise recap paraphrase rephrase reword proofread transcribe explain classify categorize categorise describe tell_me tell_us calculate compute solve define enumerate brainstorm debug refactor condense elaborate sum_up compare discuss teach_me introduce_yourself count_from count_to count_up spell_the advise recommend me_about list name_three name_five name_two give_me_a_summary let_me_know let_s_play lets_play plan_a plan_me spell_check spellcheck make_it_sound make_this_sound let_s_talk let_s_chat let_s_discuss flip_a_coin roll_a_die caption_this caption_the difference_between pros_and_cons`,
  translate: 'translate translating localize localise',
  reply:
    'send_back give_back print type reply respond answer say repeat echo return output confirm acknowledge write_back state',
  make: `rank select find_out parse solve would_like d_like shorten reduce trim merge distill predict categorise collect gather capture plan make_up extract generate create make produce develop devise come_up_with provide give suggest propose return output extract identify find determine decide detect recommend derive formulate convert rewrite improve expand complete continue correct fix review check evaluate rate score assess analyze analyse pick choose set assign distill distil turn compile prepare build craft invent form think_of get need want`,
  write: `write write_down compose draft give suggest tell provide return propose recommend list find come_up_with craft share
    send get_me finish continue implement`,
  work: `put convert rewrite revise rephrase shorten simplify sort continue complete correct fix extract merge parse check verify validate evaluate rate review analyze analyse count compare enhance optimize optimise polish expand refine clean_up reorder arrange order replace detect identify determine decide judge`,
  title: `date dates number numbers note notes suggestion option options candidate candidates phrase proposal short_label brief_label label_for memo digest title titles headline headlines summary summaries synopsis recap keyword keywords key_word key_words
 key_points takeaways bullet_points bullets hashtag hashtags tag tags topic topics follow_up follow_ups followup
 followups question questions translation translations transcript prompt prompts description descriptions
 caption captions explanation query queries sentiment intent category categories subject_line slug filename
 file_name tldr suggestions ideas facts entities list definition synonyms synonym antonym verdict conclusion notes
 search_query search_queries handoff gist overview compaction alt_text metadata answer_key action_items
 chat_name thread_name conversation_name session_name 
 short_name language_code yes_or_no ways name_for names_for true_or_false`,
  text: `email emails survey checklist budget syllabus metaphor proverb puzzle equation recommendation opening_scene subsets lyrics password passwords poem poems haiku essay essays email emails e_mail joke jokes lyrics tweet paragraph paragraphs code
 function functions program algorithm sql regex regular_expression unit_test unit_tests test_case test_cases bash
 python javascript typescript html css java rust golang bug blog_post article reasons steps tips ways difference
 riddle limerick cover_letter advice instructions tagline slogan commit_message changelog docstring pull_request
 script one_liner shell_command command spreadsheet_formula formula excel_formula query plan itinerary workout routine schedule diet replies quiz uuid guid coin names codes`,
  prose: `story stories letter song speech post report review recipe recipes names slogan message quote sentence sentences line lines bio biography dialogue reply response answer answers menu book chapter contract resume example examples`,
  talk: `questions queries grammar spelling notes reviews review comment comments statement answer paragraphs log logs user_message word phrase words csv table data dialogue conversation conversations chat chats dialogue dialog discussion message messages transcript meeting text texts passage article document documents content contents following above below request input sentence sentences statement interview user users assistant query exchanges turns interaction email paragraph chat_history messages_above so_far question`,
  tongue: `english german french spanish italian portuguese chinese japanese korean russian arabic dutch polish turkish hindi latin greek hebrew swedish ukrainian vietnamese thai mandarin cantonese indonesian`,
  chat: 'chat_history conversation_history message_history history_above the_history this_session our_session the_session this_thread the_thread this_exchange the_exchange the_exchange_below our_exchange thread_titles thread_title our_talk conversation conversations chat chats dialogue dialog discussion transcript chat_history messages_above',
  writer: `translator interpreter summarizer summariser copywriter proofreader classifier title_generator
    title_writer title_maker title_creator title_assistant title_bot headline_writer namer tagger keyword_extractor
    tag_generator prompt_engineer prompt_generator prompt_writer prompt_enhancer translation_engine summarization_engine
    summary_generator summary_writer translation_assistant translation_bot translation_machine grammar_checker
    grammar_corrector naming_assistant titling_assistant json_extractor search_query_generator note_taker
    conversation_summarizer question_generator intent_classifier content_moderator moderator router stenographer`,
  form: `adjectives only just exactly nothing_else nothing without no not never dont do_not punctuation quotes quotation marks
 explanation explanations explanatory preamble introduction characters character words word language format markdown
 maximum max most fewer less shorter longer short concise brief single plain must should limit limited lines line
 array object string strings keys key xml bullet comma separated sentence sentences one two three four five six
 seven eight ten formatting emojis emoji prefix lower_case lowercase raw valid verbatim itself alone`,
  draw: `draw paint sketch illustrate render depict visualize visualise design doodle imagine show_me photograph colorize colourise redraw repaint animate picture_this show`,
  picture: `ad advert advertisement brochure leaflet header view plan_view exploded_view plate board moodboard mood_board vignette panorama close_up_view certificate nameplate name_plate symbol visual_summary visual_recap graphic_summary visual_guide cheat_sheet_graphic hand_lettering billboard hoodie tote_bag letterhead stamp engraving cutout panel panels frame frames sculpture statue image images picture pictures photo photos photograph photographs pic pics drawing drawings painting paintings illustration illustrations sketch sketches logo logos icon icons poster posters banner banners flyer flyers wallpaper portrait portraits avatar infographic infographics diagram diagrams chart comic comics manga cartoon cartoons meme memes sticker stickers thumbnail thumbnails mockup mockups artwork art scene landscape collage mural tattoo pattern texture graphic graphics postcard postcards invitation storyboard map emblem badge billboard sign neon_sign t_shirt tshirt shirt mug packaging sprite watercolor watercolour title_card title_page title_screen title_sequence word_cloud tag_cloud word_art qr_code bar_code barcode gift_tag gift_tags name_tag name_tags price_tag price_tags dog_tag dog_tags luggage_tag luggage_tags slide slides coloring_page screenshot speech_bubble speech_bubbles question_mark question_marks book_cover album_cover magazine_cover cover business_card greeting_card birthday_card card cards wordmark lettering keyboard visual visuals logotype text_effect signboard menu_board storybook_page typing code_on_a_screen trading_card playing_card selfie flowchart mind_map blueprint render collage gif headshot character_sheet mascot billboards signage`,
  look: `drawn exploded parchment paper kraft lettered made_of quill wood metal glass leather marble neon_lit candlelight candlelit foggy misty dusk dawn sepia hand_lettered blurred texture red blue green yellow pink purple black white orange style styled stylized background lighting light cinematic realistic photorealistic watercolor watercolour oil acrylic colors colours colorful colourful bright dark pastel neon vibrant 4k 8k hd uhd bokeh minimalist flat vector 3d shot close_up closeup lens foreground gold golden glowing shadow shadows letters font typography calligraphy graffiti aspect pixel vintage retro embroidered painted illustrated wearing standing sitting holding sunset wooden wall render anime ghibli palette composition wide_angle side_by_side`,
  sight: `look_like looks_like looking_like looked_like would_look what_if what_about how_about in_the_style_of look_in look_with look_as look_if`,
  may: 'help_me can could will would may shall might is_it_possible are_you_able do_you_mind how_about what_about what_if could_it let_s',
  ask: `what who whom whose where when why how which whats whos what_s who_s where_s how_s is are am was were do does did should has have isn aren don doesn didn`,
  you: `act_as behave_as you your yours yourself u ur i me my mine myself im i_m you_re youre i_ve i_ll we us our my_name be_my roleplay role_play act_like pretend`,
  small: `appreciated much_appreciated hmm hm love_it like_it i_love_it i_like_it sqrt wow friend best buddy mate helpful impressive brilliant lovely beautiful thanks_again hi hello hey hiya heya yo howdy greetings good_morning good_afternoon good_evening good_night goodnight morning
    good_day thanks thank_you thx ty cheers bye goodbye see_you okay yes no yep yeah yup nope sure cool great nice
    perfect awesome lol haha works working hello_world connection ready alive awake online sup wassup welcome sorry
    please well_done good_job amazing wonderful excellent fine testing tests check checking mic_check health_check
    healthcheck handshake probe heartbeat status noop dummy placeholder connectivity diagnostic foo bar asdf qwerty
    lorem_ipsum smoke_test hello_there anybody_there anyone_there nice_to_meet_you have_a_nice_day help never_mind nevermind nvm cheer_me_up make_me_laugh entertain_me bro dude talk_to_you_later`,
  plain: `x times miles kilometres within under over during after before because via regarding containing including whose until since against among beyond through toward upon suitable relevant appropriate per summarizing summarising describing consisting consists sqrt sin cos new old friend best buddy mate dear everyone sir madam human machine person company made created trained built developed owner kind type sort window context function tool tools add list file path feature features cost free limit limits token tokens price correct wrong true false easy hard serious honest sorry happy glad pleasure helped helping question lot bit ignore quick simple service endpoint provider configuration config setup line sure yet next whether if needs need tell_me per a an the and or but if of to in on at by for from with as is are was were be been being am do does did done
    doing have has had having can could will would shall should may might must it its this that these those there here
    he she they them his her their one two three four five six seven eight nine ten zero any some all very much many so
    too then than now today tonight tomorrow just only also let lets go going get got want wanna need know think
    hear say said saying says tell told word words name named names model models version called call thing things
    something anything nothing someone anyone everything way time day language languages answer answers question
    questions work works talk talking chat chatting message messages assistant ai bot llm gpt system api server
    response responses respond replying reply replies request requests test ok understand understood speaking speak
    using use used really up out about into back still already yet ever exactly simply following follows above below
    number numbers digit digits letter sum result equals plus minus times divided multiplied please current date
    today_s hello world doing exist real human person people name_is capable able support supported correctly properly
    receive received reading read available running run doing s t re m ve ll d not don doesn isn can_t cannot else
    other another different first last next previous max min short single sentence between while given based task job
    goal when where what who how why which your you me my i we us return output write generate later soon see bro life`,
}
