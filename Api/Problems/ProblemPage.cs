using System.Text.Encodings.Web;

namespace AiApp.Api.Problems;

/// <summary>What a problem's <c>type</c> leads to: a plain page for people, JSON for programs.</summary>
internal static class ProblemPage
{
    public static string Render(ProblemKind kind) =>
        $"""
        <!doctype html>
        <html lang="en">
        <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Encode(kind.Code)}</title></head>
        <body>
        <h1>{Encode(kind.Title)}</h1>
        <p>{Encode(kind.Advice)}</p>
        <dl>
        <dt>Code</dt><dd><code>{Encode(kind.Code)}</code></dd>
        <dt>Status</dt><dd>{kind.Status}</dd>
        <dt>Worth trying again unchanged</dt><dd>{(kind.Retryable ? "yes" : "no")}</dd>
        </dl>
        </body>
        </html>
        """;

    private static string Encode(string text) => HtmlEncoder.Default.Encode(text);
}
