using System.Text.RegularExpressions;
using AiApp.Rag.Documents;
using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Gateway.Structured;
using AiApp.Rag.Gateway.Usage.Tokens;
using AiApp.Rag.Prompts;
using AiApp.Rag.Telemetry;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Options;

namespace AiApp.Rag.Extraction;

/// <summary>Takes facts out of a text into the form of a schema.</summary>
public sealed partial class Extractor
{
    private static readonly PromptTemplate Prompt = PromptTemplate.Load("extract", "v1");

    private readonly DocumentStore _documents;
    private readonly ModelRoutes _routes;
    private readonly StructuredOutput _output;
    private readonly ExtractionOptions _options;

    internal Extractor(DocumentStore documents, ModelRoutes routes, StructuredOutput output, IOptions<ExtractionOptions> options) =>
        (_documents, _routes, _output, _options) = (documents, routes, output, options.Value);

    /// <exception cref="ModelProviderException">No model gave a valid value.</exception>
    /// <exception cref="QuotaExceededException">A budget cannot bear it.</exception>
    public async Task<ExtractionOutcome> ExtractAsync(ExtractionTask task, CancellationToken ct)
    {
        using var activity = RagTelemetry.Source.StartActivity("aiapp.extract");
        if (_routes.Of(ModelStep.Extract).All(model => model.IsExtractive))
        {
            return new ExtractionOutcome.NoModel();
        }
        if (await FindTextAsync(task, ct) is not { } text)
        {
            return new ExtractionOutcome.DocumentAbsent();
        }
        var messages = ToMessages(task, text);
        var request = new ModelRequest { Step = ModelStep.Extract, Tenant = task.Tenant, User = task.User, ApiKey = task.ApiKey, PromptVersion = Prompt.Id };
        var maxOutputTokens = task.MaxOutputTokens ?? _options.MaxOutputTokens;
        if (FindTooLong(task, text, messages, request, maxOutputTokens) is { } tooLong)
        {
            return tooLong;
        }
        var answer = await _output.GetAsync(messages, task.Schema, request, maxOutputTokens, ct);
        return new ExtractionOutcome.Extracted(answer.Value, answer.Attempt, request.Attempts, answer.IsRepaired);
    }

    private async Task<string?> FindTextAsync(ExtractionTask task, CancellationToken ct) => task.DocumentId is { } id
        ? (await _documents.FindTextAsync(task.Tenant, task.Principals, id, versionId: null, ct))?.Text
        : task.Text;

    private static IReadOnlyList<ChatMessage> ToMessages(ExtractionTask task, string text) =>
    [
        new(ChatRole.System, Prompt.System),
        new(ChatRole.User, PromptTemplate.Fill(
            Prompt.User, ("instructions", Enclose(task.Instructions ?? "Take out what the form asks for.")), ("text", Enclose(text)))),
    ];

    private ExtractionOutcome.TooLong? FindTooLong(
        ExtractionTask task, string text, IReadOnlyList<ChatMessage> messages, ModelRequest request, int maxOutputTokens)
    {
        var options = StructuredOutput.Options(task.Schema, maxOutputTokens);
        var prompt = PromptSize.Of(messages, options);
        if (_routes.Qualified(request, prompt, options).Count > 0)
        {
            return null;
        }
        return new(_routes.Of(ModelStep.Extract).Where(model => !model.IsExtractive)
            .Max(model => model.Counter.FittingBytes(prompt, text, model.ContextTokens - ModelRoutes.OutputTokens(model, options))));
    }

    // A text must not be able to end its place in the prompt. Nothing else of it is changed: what is taken out must be what stands there.
    private static string Enclose(string text) => Tags().Replace(text, "&lt;");

    [GeneratedRegex(@"<(?=\s{0,8}/?\s{0,8}(text|instructions)\b)", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: MatchLimit.Milliseconds)]
    private static partial Regex Tags();
}
