using System.Text;
using AiApp.Rag.Documents;
using AiApp.Rag.Ingestion.Languages;

namespace AiApp.Rag.Tests.Ingestion.Languages;

public sealed class LanguageDetectorTests
{
    private const string English = "Every employee has to ask for leave two weeks before it begins, and the manager answers within five days. If there is no answer, you can also ask the office what has happened to your request. ";
    private const string German = "Alle Mitarbeiter müssen den Urlaub zwei Wochen vor dem Beginn beantragen, und die Leitung antwortet in fünf Tagen. Wenn keine Antwort kommt, kann man auch im Büro fragen, was aus dem Antrag geworden ist. ";

    [Theory]
    [InlineData("ru", "Кожен працівник має просити про відпустку за два тижні до її початку, і керівник дає відповідь протягом п'яти днів. Якщо відповіді немає, то можна також запитати в офісі, що сталося із заявою, яка була подана.")]
    [InlineData("ru", "Всеки служител трябва да поиска отпуск две седмици преди началото му, а ръководителят отговаря в рамките на пет дни. Ако няма отговор, може също да се попита в офиса какво е станало със заявлението, което е подадено.")]
    [InlineData("ru", "Кожны супрацоўнік павінен прасіць пра адпачынак за два тыдні да яго пачатку, і кіраўнік адказвае на працягу пяці дзён. Калі адказу няма, то можна таксама спытаць у офісе, што сталася з заявай, якая была пададзена.")]
    [InlineData("sr", "Секој вработен мора да побара одмор две недели пред почетокот, а раководителот одговара во рок од пет дена. Ако нема одговор, може и да се праша во канцеларијата што се случило со барањето кое е поднесено.")]
    [InlineData("ar", "هر کارمند باید دو هفته پیش از آغاز مرخصی درخواست خود را بدهد و مدیر در پنج روز پاسخ می‌دهد. اگر پاسخی نیامد، می‌توان از دفتر هم پرسید که با این درخواست چه شده است.")]
    [InlineData("ar", "ہر ملازم کو چھٹی شروع ہونے سے دو ہفتے پہلے درخواست دینی ہوتی ہے اور منتظم پانچ دن میں جواب دیتا ہے۔ اگر کوئی جواب نہ آئے تو دفتر سے بھی پوچھا جا سکتا ہے کہ درخواست کا کیا ہوا۔")]
    [InlineData("hi", "प्रत्येक कर्मचाऱ्याने रजा सुरू होण्याच्या दोन आठवडे आधी अर्ज केला पाहिजे आणि व्यवस्थापक पाच दिवसांत उत्तर देतो. उत्तर आले नाही तर कार्यालयात विचारता येते की अर्जाचे काय झाले आहे, आणि त्या साठी पण वेळ आहे.")]
    [InlineData("yi", "כל עובד צריך לבקש חופשה שבועיים לפני תחילתה, והמנהל עונה בתוך חמישה ימים. אם אין תשובה, אפשר גם לשאול במשרד מה קרה עם הבקשה, כי הם אלה אשר יש להם את כל המסמכים.")]
    [InlineData("", "Każdy pracownik musi poprosić o urlop dwa tygodnie przed jego początkiem, a kierownik odpowiada w ciągu pięciu dni. Jeżeli nie ma odpowiedzi, można też zapytać w biurze, co się stało z wnioskiem, który został złożony.")]
    [InlineData("", "Každý zaměstnanec musí požádat o dovolenou dva týdny před jejím začátkem a vedoucí odpovídá do pěti dnů. Pokud odpověď nepřijde, je možné se zeptat také v kanceláři, co se s žádostí stalo, protože tam mají vše, co je třeba.")]
    [InlineData("", "Svaki zaposlenik mora zatražiti odmor dva tjedna prije početka, a voditelj odgovara u roku od pet dana. Ako nema odgovora, može se pitati i u uredu što je sa zahtjevom, jer su tamo svi dokumenti koji su potrebni.")]
    [InlineData("", "Mỗi nhân viên phải xin nghỉ phép hai tuần trước khi bắt đầu, và người quản lý trả lời trong năm ngày. Nếu không có trả lời, bạn cũng có thể hỏi tại văn phòng xem đơn đã được xử lý như thế nào.")]
    [InlineData("es", "Cada empregado ten que pedir as vacacións dúas semanas antes do comezo, e o xefe responde en cinco días. Se non hai unha resposta, tamén se pode preguntar na oficina que foi da solicitude, porque alí están todos os documentos.")]
    [InlineData("nl", "Elke werknemer moet twee weke voor die tyd vir verlof aansoek doen, en die bestuurder antwoord binne vyf dae. As daar nie 'n antwoord kom nie, kan hulle ook by die kantoor vra wat met die aansoek gebeur het.")]
    [InlineData("fi", "Iga töötaja peab puhkust küsima kaks nädalat enne selle algust ja juht vastab viie päeva jooksul. Kui vastust ei tule, siis võib ka kontorist küsida, mis taotlusega juhtus, sest seal on kõik dokumendid, mida on vaja.")]
    [InlineData("", "員工必須在休假開始前兩週提出申請，主管會在五天內回覆。如果沒有收到答覆，也可以到辦公室詢問申請的情況。")]
    [InlineData("", "従業員は休暇が始まる二週間前に申請しなければならず、上司は五日以内に返事をします。返事がない場合は、事務所で申請がどうなったかを聞くこともできます。")]
    [InlineData("", "모든 직원은 휴가가 시작되기 이 주 전에 신청해야 하며 관리자는 오 일 안에 답변합니다. 답변이 없으면 사무실에 신청이 어떻게 되었는지 물어볼 수도 있습니다.")]
    public void A_language_without_a_configuration_is_not_taken_for_another(string neighbour, string text)
    {
        string[] configured = ["ar", "ca", "da", "de", "el", "en", "es", "eu", "fi", "fr", "ga", "hi", "hu", "hy", "id", "it", "lt", "ne", "nl", "no", "pt", "ro", "ru", "sr", "sv", "ta", "tr", "yi"];

        var detected = Detect(text);

        Assert.NotEqual(neighbour, detected);
        Assert.DoesNotContain(detected, configured);
    }

    [Theory]
    [InlineData("")]
    [InlineData("The house is very old.")]
    [InlineData("Die Häuser wurden verkauft.")]
    [InlineData("2024-05-01 | 17.5 | 18.2\n2024-05-02 | 16.9 | 18.0\n2024-05-03 | 17.1 | 18.4\n2024-05-04 | 17.7 | 18.1")]
    [InlineData("https://example.com/the/of/and/to/in https://example.com/is/that/for/it/as https://example.com/with/was/on/be/by")]
    [InlineData("the_of and_to in_is that_for it.as with.was on/be by/he at=from this=are or@his have_not an_they which_one you_were")]
    [InlineData("getTheValue setOfItems andThenRun isInRange hasNotBeen whenItIs canYouRead theOnlyOne whatWasIt toTheEnd forEachOf")]
    [InlineData("THE REPORT OF THE YEAR AND ALL OF ITS PARTS WITH A LIST OF WHAT WAS DONE BY THEM AND HOW IT IS TO BE READ")]
    [InlineData("Miller Schmidt Novak Rossi Garcia Petersen Jansen Kowalski Virtanen Nagy Popescu Silva Dubois Murphy Andersson Yilmaz")]
    [InlineData("of the of the of the of the of the of the of the of the of the of the of the of the of the of the of the of the")]
    public void What_says_little_of_a_language_is_left_open(string text) => Assert.Null(Detect(text));

    [Fact]
    public void A_text_that_is_half_in_one_language_and_half_in_another_is_left_open() => Assert.Null(Detect(English + German));

    [Fact]
    public void A_quotation_in_another_language_does_not_change_that_of_the_text() =>
        Assert.Equal("de", Detect(string.Concat(Enumerable.Repeat(German, 6)) + English));

    [Fact]
    public void Code_does_not_count()
    {
        var code = string.Concat(Enumerable.Repeat("// this is the one that is used for all of the others when they are not in it\nif (a is not b) return;\n", 20));
        var text = code + German;

        Assert.Equal("de", LanguageDetector.Detect(text, [new(BlockKind.Code, 0, code.Length), new(BlockKind.Paragraph, code.Length, German.Length)]));
        Assert.Null(LanguageDetector.Detect(code, [new(BlockKind.Code, 0, code.Length)]));
    }

    [Fact]
    public void A_long_document_is_judged_by_all_of_it_and_not_by_its_beginning()
    {
        var text = string.Concat(Enumerable.Repeat(English, 60)) + string.Concat(Enumerable.Repeat(German, 600));

        Assert.Equal("de", Detect(text));
    }

    [Fact]
    public void No_more_is_looked_at_than_a_sample_however_the_text_is_divided()
    {
        var text = string.Concat(Enumerable.Repeat(German, 2_000));
        var lines = Enumerable.Range(0, 2_000).Select(i => new TextBlock(BlockKind.ListItem, i * German.Length, German.Length)).ToList();

        foreach (IReadOnlyList<TextBlock> blocks in new IReadOnlyList<TextBlock>[] { [new(BlockKind.Paragraph, 0, text.Length)], lines })
        {
            Assert.InRange(TextSample.ReadWords(text, blocks).Count, TextSample.MaxLength / 10, TextSample.MaxLength / 4);
            Assert.Equal("de", LanguageDetector.Detect(text, blocks));
        }
    }

    [Theory]
    [InlineData('a')]
    [InlineData('\u0301')]
    [InlineData('漢')]
    [InlineData('\ud800')]
    [InlineData('\ufb01')]
    [InlineData('\uffff')]
    public void A_text_of_one_character_without_end_is_left_open(char character) => Assert.Null(Detect(new string(character, 1_000_000)));

    [Fact]
    public void Every_character_may_stand_in_a_text()
    {
        var all = new StringBuilder();
        for (var c = 0; c <= char.MaxValue; c++)
        {
            all.Append((char)c).Append((char)c).Append(' ');
        }
        Assert.Null(Detect(all.ToString()));
    }

    [Fact]
    public void Ligatures_and_capitals_at_the_beginning_of_sentences_are_read_as_letters() =>
        Assert.Equal("en", Detect("The oﬃce ﬁrst ﬁnds the ﬁle. Then it is sent to the ﬁnance oﬃce, which ﬁlls in the ﬁelds that are not ﬁlled. When they are, you may ﬁnd it on your ﬂoor."));

    private static string? Detect(string text) => LanguageDetector.Detect(text, text.Length == 0 ? [] : [new TextBlock(BlockKind.Paragraph, 0, text.Length)]);
}
