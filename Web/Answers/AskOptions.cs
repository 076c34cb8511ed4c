using System.ComponentModel.DataAnnotations;

namespace AiApp.Web.Answers;

/// <summary>The Ask page. Section <c>Ask</c>.</summary>
internal sealed class AskOptions
{
    public const string Section = "Ask";

    /// <summary>Questions offered before the first one; shown only when there are documents to answer from.</summary>
    public IList<string> Examples { get; } = [];

    /// <summary>Hosts an answer may link to, besides those its cited documents come from.</summary>
    public IList<string> LinkHosts { get; } = [];

    [Range(100, 8_000)]
    public int MaxQuestionLength { get; set; } = 4000;

    /// <summary>How often a streaming answer is drawn again; smaller costs more and reads no better.</summary>
    [Range(10, 1000)]
    public int RenderIntervalMs { get; set; } = 40;
}
