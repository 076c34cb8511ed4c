namespace AiApp.Rag.Ingestion.Languages;

/// <summary>Languages in the Latin script without a text-search configuration.</summary>
internal static class NeighbourLanguages
{
    private const string Vietnamese =
        "àáâãèéêìíòóôõùúýăđĩũơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ";

    public static readonly KnownLanguage[] All =
    [
        Of("af", "áêëéèîïôöûü", """
            die van en in is het te met dat vir nie wat op aan hy sy word sal om deur as ook by ons hulle ek jy was uit na kan tot moet maar waar
            nog hierdie wees sou oor toe hom haar of se dit
            """),
        Of("lb", "äëéüöè", """
            de an den vun ass déi op fir eng mat vum dat sech gëtt huet sinn och net awer als zu bei ginn um am wéi nach säi hunn war si ech
            """),
        Of("fy", "êôûúâ", """
            de fan it en yn is dat op foar mei te ek by net út wie hja troch oan foarst om har syn mar as wurde hat
            """),
        Of("is", "áðéíóúýþæö", """
            og að er sem til það við um en var af með fyrir ekki hann ég þá því hún eru þetta hefur frá eða vera þess þar þeir hér upp sér nú ef svo
            voru yfir eftir á í sína sinn sitt hafa verið einnig aðeins þau þessi
            """),
        Of("fo", "áðíóúýæø", """
            og at er sum til tað við um ein av fyri ikki hann eg tá hon eru hetta hevur frá ella vera teir her upp seg so vóru yvir eftir men har í
            á
            """),
        Of("gl", "áéíñóúüï", """
            de que do da en un para con non unha os no se na por máis as dos como mais ao el das súa seu ou cando moi nos xa eu tamén só pola polo
            ata ela entre despois sen mesmo aos seus quen nas esta este foi son ser está ten foron pode poden unhas uns nunha nun cun pero onde
            porque hai e a o é á cal calquera cada mentres pois teñen segundo entón anos sido fai ainda xunto seguinte
            """),
        Of("ast", "áéíñóúü", """
            de la que en los les un del una por con nel na como pa al ye se son más foi tamién nun sobro ente dende tien cuando pero esti cola hai y
            a o
            """),
        Of("oc", "àáçéèíïóòúü", """
            de la que lo en los del las un per amb una es son dins dels als pel mai tanben foguèt dempuèi aquel aquesta sus entre quand plan totes e
            o i a
            """),
        Of("la", "æœ", """
            et in est ad non cum ut qui quod de ex sed ab ac per esse quae atque sunt se si quam pro aut eius etiam hoc fuit enim quo nec inter a e
            o
            """),
        Of("eo", "ĉĝĥĵŝŭ", """
            la de kaj en estas al ke por kun ne per el li ĝi pri sed oni kiu kiuj tiu ĉi estis aŭ ili plej ankaŭ kiel tio
            """),
        Of("sq", "ëç", """
            të në dhe për me që një nga është si së nuk ka më do por ky kjo janë ishte ose edhe kur te pas deri duke kanë këtë
            """),
        Of("et", "äöüõšž", """
            ja on ei et ka see oli ta kui ning oma mis mida aga või selle tema seda olid mitte nii saab siis veel välja pärast kes kus juures kuid
            üle pole vaid olnud eest enne ma selles kas nende neid mille ainult samuti võib peab nagu ega ole vastu kuni meie teie sest aasta poolt
            """),
        Of("az", "çəğıöşüİ", """
            və bir bu da də üçün ilə olan ki daha kimi çox ən sonra isə onun onu olaraq edir hər var ya görə lakin ildə qədər
            """),
        Of("ms", "é", """
            yang dan di dengan untuk dari pada dalam ini itu adalah tidak akan oleh ke sebagai juga atau dapat boleh bahawa kerana telah ada mereka
            lebih ialah daripada sahaja beliau kepada iaitu tersebut serta manakala hendaklah mempunyai antara bagi satu setiap orang hak tiada masa
            semasa tetapi sebuah seperti menjadi para saya anda kami kita ia dia namun secara tahun sudah belum hanya jika agar lain banyak masih
            beberapa sehingga merupakan terhadap menggunakan selain ketika semua baik digunakan bukan lagi kemudian maka selepas pelbagai sangat hal
            syarikat kerajaan ogos disember julai mac pejabat isnin wang bandar sekiranya ianya melalui menurut mengikut sepertimana tidaklah
            """),
        Of("jv", "éè", "lan ing sing kang iku saka kanthi ora dadi karo utawa saben iki wong duwe nduweni hak"),
        Of("tl", "ñ", """
            ang ng sa na mga at ay ito ni si para may hindi kung isang siya ako nang kanyang rin din mula lamang ko mo niya po bilang pero kay noong
            """),
        Of("lv", "āčēģīķļņšūž", """
            un ir ar no par uz kas ka bet lai pēc tas viņš bija kā arī vai tika tiek nav šo šis gada pie ko to tā kad ja gan savu līdz bez būt visas
            """),
        Of("gd", "àèìòùéó", """
            agus an na air is gu tha le aig do bha mar ach chun gur no leis sin seo nach iad bhith robh fhèin aca gach den dhan ann anns nuair chan
            aon às eadar san am gun cha bho tron mu mi thu
            """),
        Of("cy", "âêîôûŵŷäëïöüáéíóúàèìòù", """
            yn yr ar ei ac mae wedi am gan hwn oedd bod fod un gyda neu eu ni na wrth hefyd sydd mewn fel hyn hon ond y i o a
            """),
        Of("br", "êñùü", "ha ar da an en eo ez ur gant evit war met eus pe bet ne zo hag he den er un gwir dre"),
        Of("pl", "ąćęłńóśźż", """
            na do się nie że to jest od po jak za dla przez ale jego są czy może być tym ich oraz co który które która jako także już tylko lub
            przed między pod był była było tego jej ma przy ze bez można w z i o a u
            """),
        Of("cs", "áčďéěíňóřšťúůýž", """
            se na je že to do za ve pro jsou jako po by ale od které který která nebo při už až co jeho byl byla bylo tak jen jak také aby není před
            mezi podle může této tento jejich a v k s z o i u
            """),
        Of("sk", "áäčďéíĺľňóôŕšťúýž", """
            sa na je že to do za vo pre sú ako po by ale od ktoré ktorý ktorá alebo pri už až čo jeho bol bola bolo tak len aj aby nie pred medzi
            podľa môže tento a v k s z o i u
            """),
        Of("sl", "čšž", """
            je in na se da za so ki pa bi po ne tudi ali od kot pri do iz bil bila biti ni lahko ter med ob kar če še pod tem ta v z s k o a
            """),
        // Serbian in Latin letters cannot be told from these safely, though the serbian configuration reads both alphabets.
        Of("hr", "čćđšž", """
            je na se da za su koji od kao što ili bi ne koja iz ali sa nije biti samo bio bila koje može po već te ako kako uz do nakon između
            također takođe njegov kod prema ima gdje gde i u s o a k
            """),
        Of("vi", Vietnamese, """
            và của là có các trong được cho một không những với người để đã khi này từ đến ra trên về cũng như tại đó hay vào bị sẽ theo năm
            """),
        Of("sw", "", "ya na wa kwa ni katika za la kuwa au cha hii yake huo kama pia kila hiyo lakini watu hao ambao mtu"),
        Of("so", "", "iyo in ka ee ku oo la uu waa ay leh ah kale kasta qof"),
        Of("mt", "ċġħżàèìòù", "li ta il fil għal ma minn dan hija kien jew bħala huwa din kull biex tal tad tas mill fuq"),
        Of("ht", "èòà", "ak nan pou yo ki li pa se gen yon ou tout moun ka nou sou"),
        Of("ku", "çêîşû", "di ku bi de ji li ye ser her kes an jî bo"),
        Of("sm", "", "le se ma mo lo la ona latou ai te na sa fa uma tagata o e i a"),
        Of("mi", "āēīōū", "te nga ngā ki he me ka kia mai ana hoki tana tona mo ko tangata katoa kei o e i a"),
        Of("st", "", "ho le ka ya ha ba tsa hore mme kapa hae motho wa mo di ke ne se sa o e a"),
        Of("tn", "š", "go le ka ya ga ba tsa gore mme kgotsa gagwe motho wa mo di kwa fa ke ne se sa o e a"),
        Of("uz", "", "va bir bu bilan uchun ham har deb edi esa ega inson haq"),
    ];

    private static KnownLanguage Of(string code, string letters, string words) => new(code, Script.Latin, letters, words);
}
