using AiApp.Rag.Ingestion.Reading;

namespace AiApp.Rag.Tests.Reading;

public sealed class HtmlReaderTests
{
    [Fact]
    public void Only_the_main_element_is_read()
    {
        var document = ReadAs.Html("""
            <!doctype html><html lang="de-CH"><head><title>Spesen</title><style>p{}</style></head>
            <body><nav>Menu</nav><header>Logo</header>
            <main><header><h1>Spesen &amp; Reisen</h1></header><p>Bis <b>50</b> CHF<br>ohne Beleg.</p><aside>Ad</aside></main>
            <footer>Imprint</footer></body></html>
            """);
        Assert.Equal(["Heading1|Spesen & Reisen", "Paragraph|Bis 50 CHF ohne Beleg."], document.Show());
        Assert.Equal(("Spesen", "de-CH"), (document.Title, document.Language));
    }

    [Fact]
    public void Without_a_main_element_the_frame_of_the_page_is_left_out()
    {
        var document = ReadAs.Html("<header>Logo</header><nav>Menu</nav><div>One<div>Two</div>Three</div><script>x()</script><p hidden>No</p><footer>Imprint</footer>");
        Assert.Equal(["Paragraph|One", "Paragraph|Two", "Paragraph|Three"], document.Show());
    }

    [Fact]
    public void Tables_lists_quotes_and_code_keep_their_kind()
    {
        var document = ReadAs.Html("""
            <table><caption>Rates</caption><thead><tr><th>Zone<th colspan=2>Price</thead>
            <tr><td rowspan=2>A<td>1<td>2<tr><td>3<td></table>
            <ul><li>one<ul><li>inner</ul><li><p>two</p></ul><blockquote><p>Said so.</p></blockquote><pre>a
              b</pre>
            """);
        Assert.Equal(
            ["Paragraph|Rates", "TableRow|Zone: A | Price: 1 | Price: 2", "TableRow|Zone: A | Price: 3",
             "ListItem|one", "ListItem1|inner", "ListItem|two", "Quote|Said so.", "Code|a\n  b"],
            document.Show());
        document.AssertBlocksAreInOrder();
    }

    [Fact]
    public void A_declared_charset_is_believed_where_the_bytes_are_not_utf8()
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes("<meta charset=windows-1252><p>Caf\u00e9 \u0080 5</p>");
        Assert.Equal(["Paragraph|Café € 5"], ReadAs.Read(bytes, "a.html").Show());
    }

    [Fact]
    public void A_charset_is_found_behind_a_long_preamble()
    {
        var bytes = System.Text.Encoding.Latin1.GetBytes("<script>" + new string(' ', 5_000) + "</script><meta charset=windows-1251><p>Ïðèâåò</p>");
        Assert.Equal(["Paragraph|Привет"], ReadAs.Read(bytes, "a.html").Show());
    }

    [Theory]
    [InlineData("<div><b>")]
    [InlineData("<ul><li>")]
    [InlineData("<table><tr><td>")]
    [InlineData("<b>")]
    public void A_page_nested_without_end_is_refused_or_read_but_never_fatal(string mark)
    {
        var bomb = string.Concat(Enumerable.Repeat(mark, 3_000)) + "text";
        try
        {
            ReadAs.Html(bomb).AssertBlocksAreInOrder();
        }
        catch (UnreadableDocumentException refused)
        {
            Assert.Equal("poison_document", refused.Code);
        }
    }

    [Fact]
    public void A_long_page_is_not_a_deep_one()
    {
        var page = string.Concat(Enumerable.Repeat("<div><p>one<p>two<ul><li>three</ul></div>", 3_000));
        Assert.Equal(9_000, ReadAs.Html(page).Blocks.Count);
    }
}
