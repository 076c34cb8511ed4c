using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Languages;
using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Tests.Ingestion.Languages;

public sealed class KnownLanguageTests
{
    [Theory]
    [InlineData("arabic", "يجب على كل موظف أن يقدم طلب الإجازة قبل أسبوعين من بدايتها، ولا يمكن قبول الطلب إلا بعد موافقة المدير. وقد تم نشر هذه القواعد في الصفحة التي تجدها على موقع الشركة.")]
    [InlineData("armenian", "Յուրաքանչյուր աշխատակից պետք է արձակուրդի դիմումը ներկայացնի երկու շաբաթ առաջ։ Դիմումը հաստատում է բաժնի ղեկավարը, և պատասխանը գալիս է էլեկտրոնային փոստով։")]
    [InlineData("basque", "Langile guztiek bi aste lehenago eskatu behar dute oporraldia, eta buruak onartu arte ez da ezer ziurra izango. Eskaera hori egin ondoren, erantzuna bost egunetan bidaltzen da, baina batzuetan beranduago ere iristen da.")]
    [InlineData("catalan", "Cada treballador ha de demanar les vacances amb dues setmanes d'antelació, i el cap les ha d'aprovar abans que comencin. Si no hi ha resposta en cinc dies, també es pot preguntar a la persona que porta aquest tema.")]
    [InlineData("danish", "Hver medarbejder skal søge om ferie to uger før den begynder, og lederen giver svar inden for fem dage. Hvis der ikke kommer noget svar, kan man også spørge på kontoret, hvor de har mere at sige om det, efter at sagen er blevet oprettet.")]
    [InlineData("dutch", "Elke medewerker moet de vakantie twee weken van tevoren aanvragen, en de leidinggevende geeft binnen vijf dagen antwoord. Als er geen antwoord komt, kan je ook op het kantoor vragen wat er met de aanvraag is gebeurd.")]
    [InlineData("english", "Every employee has to ask for leave two weeks before it begins, and the manager answers within five days. If there is no answer, you can also ask the office what has happened to your request.")]
    [InlineData("finnish", "Jokaisen työntekijän on haettava lomaa kaksi viikkoa ennen sen alkua, ja esimies vastaa siihen viiden päivän kuluessa. Jos vastausta ei tule, hakemuksesta voi myös kysyä toimistosta, kun se on auki, mutta silloin on hyvä kertoa, että hakemus on jo lähetetty.")]
    [InlineData("french", "Chaque employé doit demander ses congés deux semaines avant leur début, et le responsable répond dans les cinq jours. S'il n'y a pas de réponse, vous pouvez aussi demander au bureau ce que la demande est devenue.")]
    [InlineData("german", "Alle Mitarbeiter müssen den Urlaub zwei Wochen vor dem Beginn beantragen, und die Leitung antwortet in fünf Tagen. Wenn keine Antwort kommt, kann man auch im Büro fragen, was aus dem Antrag geworden ist.")]
    [InlineData("greek", "Κάθε εργαζόμενος πρέπει να ζητήσει την άδεια δύο εβδομάδες πριν από την έναρξή της, και ο υπεύθυνος απαντά μέσα σε πέντε ημέρες.")]
    [InlineData("hindi", "हर कर्मचारी को छुट्टी शुरू होने से दो हफ्ते पहले आवेदन करना होता है और प्रबंधक पांच दिन के अंदर जवाब देता है। अगर कोई जवाब नहीं आता है तो आप कार्यालय में भी पूछ सकते हैं कि आवेदन का क्या हुआ।")]
    [InlineData("hungarian", "Minden dolgozónak két héttel a kezdete előtt kell kérnie a szabadságot, és a vezető öt napon belül válaszol. Ha nem jön válasz, akkor az irodában is meg lehet kérdezni, hogy mi lett a kérelemmel, de ez csak ritkán szükséges.")]
    [InlineData("indonesian", "Setiap karyawan harus mengajukan cuti dua minggu sebelum cuti itu dimulai, dan atasan akan menjawab dalam lima hari. Jika belum ada jawaban setelah itu, karyawan bisa juga bertanya di kantor, karena bagian itu yang memiliki semua berkas dan mengetahui bahwa permintaan sudah diterima.")]
    [InlineData("irish", "Tá ar gach oibrí saoire a iarraidh dhá sheachtain sula dtosaíonn sí, agus tugann an bainisteoir freagra taobh istigh de chúig lá. Mura bhfuil aon fhreagra ann, is féidir leis an oibrí ceist a chur san oifig faoi sin.")]
    [InlineData("italian", "Ogni dipendente deve chiedere le ferie due settimane prima che comincino, e il responsabile risponde entro cinque giorni. Se non arriva una risposta, si può anche domandare all'ufficio che cosa è successo della richiesta.")]
    [InlineData("lithuanian", "Kiekvienas darbuotojas turi prašyti atostogų dvi savaites iki jų pradžios, o vadovas atsako per penkias dienas. Jei atsakymo nėra, taip pat galima paklausti biure, kas buvo su prašymu, nes jie turi visus dokumentus ir gali pasakyti, kaip yra.")]
    [InlineData("nepali", "हरेक कर्मचारीले बिदा सुरु हुनु भन्दा दुई हप्ता अघि निवेदन दिनु पर्छ र प्रमुखले पाँच दिन भित्र जवाफ दिने छ। यदि कुनै जवाफ आएको छैन भने कार्यालय मा पनि सोध्न सकिन्छ, तथा त्यो निवेदन फेरि पठाउन सकिने छ।")]
    [InlineData("norwegian", "Hver medarbeider må søke om ferie to uker før den begynner, og lederen gir svar innen fem dager. Hvis det ikke kommer noe svar, kan man også spørre på kontoret, hvor de har mer å si om det, etter at saken er blitt opprettet.")]
    [InlineData("norwegian", "Kvar medarbeidar må søkje om ferie to veker før ho byrjar, og leiaren svarar innan fem dagar. Om det ikkje kjem noko svar, kan ein også spørje på kontoret, som har meir å seie om saka, og dei veit kva som vart gjort med søknaden frå dagen då han kom.")]
    [InlineData("portuguese", "Cada funcionário deve pedir as férias duas semanas antes do início, e o chefe responde em cinco dias. Se não houver uma resposta, você também pode perguntar no escritório o que foi feito com o pedido, pois eles têm todos os documentos.")]
    [InlineData("romanian", "Fiecare angajat trebuie să ceară concediul cu două săptămâni înainte, iar șeful răspunde în cinci zile. Dacă nu vine un răspuns, se poate întreba și la birou ce s-a întâmplat cu cererea, pentru că acolo sunt toate actele.")]
    [InlineData("russian", "Каждый сотрудник должен попросить об отпуске за две недели до его начала, и руководитель отвечает в течение пяти дней. Если ответа нет, то можно также спросить в офисе, что стало с заявлением.")]
    [InlineData("serbian", "Сваки запослени мора да затражи одмор две недеље пре почетка, а руководилац одговара у року од пет дана. Ако нема одговора, може се питати и у канцеларији шта је са захтевом, јер су тамо сва документа која су потребна.")]
    [InlineData("spanish", "Cada empleado debe pedir las vacaciones dos semanas antes de su comienzo, y el jefe responde en cinco días. Si no hay una respuesta, también se puede preguntar en la oficina qué ha pasado con la solicitud.")]
    [InlineData("swedish", "Varje medarbetare måste söka semester två veckor innan den börjar, och chefen svarar inom fem dagar. Om det inte kommer något svar kan man också fråga på kontoret vad som har hänt med ansökan.")]
    [InlineData("tamil", "ஒவ்வொரு ஊழியரும் விடுமுறை தொடங்குவதற்கு இரண்டு வாரங்களுக்கு முன்பே விண்ணப்பிக்க வேண்டும். மேலாளர் ஐந்து நாட்களுக்குள் பதில் அளிப்பார்.")]
    [InlineData("turkish", "Her çalışan izni başlamadan iki hafta önce istemek zorunda ve yönetici beş gün içinde yanıt verir. Yanıt gelmezse büroya da sorulabilir, çünkü istek ile ilgili bütün bilgi orada var ve bu konuda en çok onlar bilgi sahibi.")]
    [InlineData("yiddish", "יעדער אַרבעטער דאַרף בעטן וואַקאַציע צוויי וואָכן פֿאַר דעם אָנהייב, און דער מענעדזשער ענטפֿערט אין פֿינף טעג. אויב עס איז נישט דאָ קיין ענטפֿער, קען מען אויך פֿרעגן אין ביוראָ וואָס עס האָט פּאַסירט מיט דער בקשה, ווי זיי זענען דאָ.")]
    public void A_text_of_two_sentences_is_analysed_in_its_language(string configuration, string text) =>
        Assert.Equal(configuration, SearchConfigurations.Of(Document(text)));

    [Fact]
    public void What_a_document_declares_goes_before_what_it_is_written_in()
    {
        const string German = "Alle Mitarbeiter müssen den Urlaub zwei Wochen vor dem Beginn beantragen, und die Leitung antwortet in fünf Tagen.";

        Assert.Equal("dutch", SearchConfigurations.Of(Document(German, "nl-BE")));
        Assert.Equal("german", SearchConfigurations.Of(Document(German, "x-default")));
        Assert.Equal("german", SearchConfigurations.Of(Document(German)));
    }

    private static ReadDocument Document(string text, string? language = null) => new()
    {
        Title = "Leave",
        CanonicalText = text,
        Blocks = [new(BlockKind.Paragraph, 0, text.Length)],
        ReaderVersion = "test-1",
        Language = language,
    };
}
