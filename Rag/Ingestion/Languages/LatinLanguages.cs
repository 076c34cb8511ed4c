namespace AiApp.Rag.Ingestion.Languages;

/// <summary>Languages in the Latin script that Postgres has a text-search configuration for.</summary>
internal static class LatinLanguages
{
    public static readonly KnownLanguage[] All =
    [
        Of("en", "é", """
            the of and to in is that for it as with was on be by he at from this are or his have not an they which one you were all her she there
            would their we him been has when who will no if out so up what about than into them can only other some could these two may then do
            first any my now such like our over me most after also did many before must how its should because those each between under does while
            during both used using your where a
            """),
        Of("de", "äöüßé", """
            der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass daß sie nach wird bei
            einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann wenn können
            diese dieser dieses wir ihr ich unter hatte keine gegen vom beim soll muss müssen wurden zwischen da wo was alle mir
            """),
        Of("nl", "éèëêïóöü", """
            de van het een en in is dat op te zijn met voor die niet aan er om ook als dan maar bij wordt uit worden nog naar door over hij ze zij
            wat dit deze was heeft hebben kan kunnen tot of meer geen werd moet wel zo je we wij ik haar hun onder na tegen tussen waar alle andere
            veel u al dus alleen eerste gebruikt mag hier toch mijn iets iemand nu zich zal zou ge ons onze waarin hoe
            """),
        Of("sv", "åäöéü", """
            och att det som en på är av för med till den har de inte om ett han men var jag sig från vi så kan när år säger hon under också efter
            eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här då sedan över bara blir upp även vad två vill
            ha varit kunde blev detta denna dessa måste mellan utan i å dig mig oss genom flera nya varje dock samt välj använda används vilket
            vilken sådan endast redan fått både
            """),
        Of("da", "æøåéö", """
            og at det er en til af på for med som den de der har ikke et var han om fra men vil jeg hun sig kan efter eller blev ved så skal også
            kunne havde over nu ud være må op når hvor hvad mere end blevet hans mellem under dette denne disse alle andre meget uden samt bliver
            skulle ville nogle noget nogen siger hvis deres sin man selv i hende dem os dig mig gør gennem ifølge dog fik gik sagde kun bruges vælg
            vises første flere mange derfor både hvordan hvilke hvilken således hver dens gøre bruge vores mod igen lidt aldrig måske inden ind
            endnu yderligere hverken enhver
            """),
        Of("no", "æøåéèêòóô", """
            og at det er en til av på for med som den de har ikke et var han om fra men vil jeg hun seg kan etter eller ble ved så skal også kunne
            hadde over nå ut være må opp når hvor hva mer enn blitt hans mellom under dette denne disse alle andre mye uten samt blir skulle ville
            noen noe sier hvis deres sin man selv eg ikkje ein eit frå vere vart meir nokon noko dei desse berre kva korleis då kjem saman vore i å
            oss meg deg gjør gjennom ifølge fikk gikk sa kun brukes velg vises første flere mange derfor både hvordan hvilke hvilken slik hver dens
            gjøre bruke dem fram mot igjen lite aldri kanskje inn vår våre litt ei òg vert blei ha sjå ho fleire mest før
            """),
        Of("fr", "àâæçéèêëîïôœùûüÿ", """
            de la le et les des en un du une que est pour qui dans par sur il au plus ne se ce pas sont avec son aux ou été cette comme mais ses
            leur nous vous ces elle être on deux fait même si tout sa ont peut aussi bien où après sans entre avait était lors contre sous très dont
            donc faire encore je tous qu leurs alors cet afin peuvent doit à y ai cela ceux dès chaque selon votre notre toute toutes vers depuis ni
            lorsque lorsqu jusqu quelques plusieurs ainsi ici là quand
            """),
        Of("es", "áéíñóúü", """
            de la que el en los del se las por un para con no una su al lo como más es pero sus le ya este entre cuando muy sin sobre ser también me
            hasta hay donde han quien desde todo nos durante todos uno les ni contra otros ese eso ante ellos esto antes algunos qué unos yo otro
            otras otra él tanto esa estos mucho está fue son era ha había puede pueden esta estas cada dos si y a o e así cual cualquier aunque
            mientras pues tiene tienen mismo según luego hacia parte años fueron sido hace sólo solo aquí ahora todas nuestro siempre bien vez mejor
            porque nada ver hacer además tras
            """),
        Of("pt", "áâãàçéêíóôõúü", """
            de que do da em um para com não uma os no se na por mais as dos como mas ao ele das seu sua ou quando muito nos já eu também só pelo
            pela até isso ela entre depois sem mesmo aos seus quem nas me esse eles você essa num nem suas meu às minha numa pelos elas qual nós lhe
            foi são ser está é tem foram pode podem este esta estes estas sobre era há deve e a o à assim qualquer cada enquanto pois têm mesma
            segundo então parte anos sido faz onde ainda ter estão seja sendo todos todo toda
            """),
        Of("ca", "àçéèíïóòúü", """
            de la que el en els del les un per amb una no es se al com més va als dels pel són ser ha aquest aquesta també però entre fins van quan
            molt tot sobre dos seva seu seus seves on ja si hi ho han pot poden cal està aquests aquestes sense des després perquè qual quals altres
            cada fer li pels i a o és tots totes altre altra mateix mateixa any anys podeu encara així aquell aquella havia tenir té tenen estat era
            ni cap durant mentre segons ens això us dins abans sempre només mai manera cas quin quina molts
            """),
        Of("it", "àèéìíîòóùú", """
            di il la che in un del per una con si non da sono al della dei le nel lo più come su anche alla delle dalla ma gli ha questo degli ai
            suo sua se nella tra dal essere due ci questa stato era dopo fu fra hanno cui stata quando molto può nei loro così ogni prima solo sul
            sulla dello dagli tutti possono viene questi queste senza perché dove ancora e è a i o ed ad stati state erano fare quale quali sia
            alcuni alcune mentre secondo poi già mai nell dell all
            """),
        Of("ro", "ăâîșțşţ", """
            de și în la cu pe din că nu un care este mai pentru se fi au sau ale sunt al lui ca prin dar său sa cea cel lor fost după între până
            unei unui această acest fiind poate când dacă doar fără sub asupra acestei acestui toate avea avut era am ar fie iar foarte aceste
            acestea despre către într dintre şi a o e îi își nici decât aici astfel fiecare multe mulți trebuie putea pot asta ne si in va vor ce
            orice daca le ii ea
            """),
        Of("fi", "äöåšž", """
            ja on ei se että oli hän mutta ovat kun kuin sen joka ole myös tai jos hänen niin mukaan vain kuten jonka mitä sekä voi nyt tämä tämän
            tässä siitä minä sitä jotka joita ollut olisi olla en mikä kaikki kanssa jo voidaan eivät vielä tulee ennen jälkeen sitten näin niiden
            ne vuonna voit saa olivat ettei eikä muun muut muita muiden kautta koska siinä näitä niitä hänet heidän niille johon jossa josta tällä
            ollessa aikana vuoden oman omaa minun sinun kyllä lisäksi asti tulisi hyvin kuitenkin ainoastaan vai tällöin voivat käyttää tulla ilman
            eli siten sillä miten siihen he varten esimerkiksi yli vaikka vaan mukana jota jolla tätä lähes jolloin paljon usein näet kunkin jokin
            jonkin jokaisen kuinka nämä nuo näiden
            """),
        Of("hu", "áéíóöőúüű", """
            az és hogy nem is egy ez volt de meg csak már ki van el még lehet vagy amely mint kell után azt szerint sem pedig azonban így volna lesz
            minden ezt között fel majd ha nagyon több két más akkor itt számára valamint illetve olyan során mert be vannak ezek amelyek alatt által
            azok ennek a s e ő én te ők ami aki akik arra erre ahol ezen azon ebben abban ezért mely sok egyik másik első nincs tehát csupán hogyan
            milyen újra való vagyis lett kellett lehetett hozzá nélkül miatt óta közül kívül hanem úgy új most ilyen mi amikor ben ban mindig éppen
            maga aztán jól jó annak ott saját bár néhány talán hiszen együtt mellett amit három
            """),
        Of("tr", "çğıöşüâîûİ", """
            ve bir bu da de için ile olarak çok daha gibi olan en ne kadar sonra ya olduğu ama var her değil ise ki göre tarafından mi mı hem veya
            ancak bunu şu şey diye yok olduğunu yeni üzerinde bütün önce iki oldu içinde ilk nasıl kendi biz ben sen bunun arasında yer bazı aynı
            tüm o diğer birlikte önemli büyük üzere olmak olması etti dedi eden edilir olur olup olacak şekilde böyle zaman karşı bazen ayrıca fakat
            çünkü herhangi yapılan arasındaki birçok gün yıl nedeniyle değildir nın nin nda nde dan den sadece ilgili farklı özel hakkında son tek
            üç iyi devam edilen bunlar bunların böylece edilebilir kullanılır yapılır bulunur edin
            """),
        // Malay has the same function words but for a few, so that common nouns have to tell the two apart.
        Of("id", "é", """
            yang dan di dengan untuk dari pada dalam ini itu adalah tidak akan oleh ke sebagai juga atau dapat bahwa tersebut karena telah ada
            mereka lebih saat bisa sebuah seperti menjadi para saya anda kami kita ia dia namun antara secara tahun sudah belum hanya jika agar bagi
            serta yaitu masih lain harus banyak setelah kepada daripada satu orang boleh mempunyai tetapi setiap sedangkan maka kalau beberapa
            maupun sehingga merupakan terhadap menggunakan selain ketika semua hal baik digunakan memiliki sangat bukan lagi sejak kemudian yakni
            berbagai tapi mulai berkas tombol menampilkan ditampilkan lainnya kota perusahaan pemerintah agustus desember juni juli maret senin
            kantor uang hak masa tiada beliau sesuai melalui menurut
            """),
        Of("lt", "ąčęėįšųūž", """
            ir yra kad į iš su tai jis kaip ne bet už nuo apie buvo dėl jų per kurie kuris jo ar po iki taip pat tik prie jau dar tarp jei arba šis
            ši šio šios kai bei savo kuri pagal gali turi būti nėra tačiau labai mes aš jos mano visi kur o tad nes kol būtų gana todėl žmonių metų
            tuo tos tą šią šiame tokių kitų visų kurių kurios be nors čia negu ji jie jas jiems mūsų jūsų visus reikia galima metu kas bus ką jeigu
            jog ant nei dabar prieš kartu daug to tada jį jums daugiau vienas viena
            """),
        Of("eu", "ñ", """
            eta da ez bat dira zen ere egin du izan dute hau baina edo dago bere den ziren duen zuen beste horiek hori daude diren baino bai egiten
            baita gero arte nahi behar honek hain oso gure zuten dituzte ditu beraz izango eman haren hala nola dituen dela ala izateko beti berri
            zein bakarrik orain asko baitzen behin lehen bitartean arteko horren horrek haiek nahiz gabe eskubidea duten daitezke daiteke dezake
            dezakezu zure nire badu bada behintzat artean guztiak guztien guzti berean bertan zituen zaio zitzaion an bi baten ondoren batez batek
            hainbat gaur arabera esan lan berriz aldiz zituzten
            """),
        Of("ga", "áéíóú", """
            agus an na ar is go tá sa le ag ní do de bhí faoi mar atá ach sé chun gur nó leis sin seo ón nach siad bheith raibh féin air aige acu
            gach dá den don ina nuair níl aon as idir san a i é í ba bhfuil níor iad tar mé tú muid againn agam féidir gan faoin trí sna ansin
            freisin bliain nua seachas roimh in amach mó níos chur am sí ab measc áit céad chéad orthu rud roinnt dhá lena
            """),
    ];

    private static KnownLanguage Of(string code, string letters, string words) => new(code, Script.Latin, letters, words);
}
