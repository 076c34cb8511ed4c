using AiApp.Contracts;

namespace AiApp.Web.Answers;

/// <summary>A piece of a sanitised answer. Only what can be expressed here reaches the page.</summary>
internal abstract record AnswerNode;

internal sealed record AnswerTextNode(string Text) : AnswerNode;

internal sealed record AnswerElementNode(string Tag, string? Href, IReadOnlyList<AnswerNode> Children) : AnswerNode;

internal sealed record AnswerCitationNode(CitationDto Citation) : AnswerNode;
