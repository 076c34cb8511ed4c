using System.Collections.Frozen;
using AiApp.Contracts;

namespace AiApp.Api.Problems;

/// <summary>Every code this Api can answer with. Codes are stable; titles and advice may be worded better.</summary>
internal static class ProblemCatalogue
{
    public static readonly ProblemKind Validation = new(ProblemCodes.Validation, 400, "The request is not valid.",
        "Correct what errors names and send it again.");
    public static readonly ProblemKind Auth = new(ProblemCodes.Auth, 401, "This needs an API key.",
        "Send a valid key as 'Authorization: Bearer aia_...'. Keys are made with the command 'keys create'.");
    public static readonly ProblemKind Forbidden = new(ProblemCodes.Forbidden, 403, "This caller may not do that.",
        "Use a key that may, or ask whoever runs the service.");
    public static readonly ProblemKind NotFound = new(ProblemCodes.NotFound, 404, "There is nothing here.",
        "Check the address and the id; /openapi/v1.json lists every route.");
    public static readonly ProblemKind MethodNotAllowed = new(ProblemCodes.Validation, 405, "This method is not possible here.",
        "The Allow header names the methods that are.");
    public static readonly ProblemKind Conflict = new(ProblemCodes.Conflict, 409, "The request contradicts what is there.",
        "Read the current state and decide anew.");
    public static readonly ProblemKind Stopped = new(ProblemCodes.Stopped, 409, "The answer was stopped.",
        "What was written until then is kept with the turn and is not whole: ask again for the whole answer.");
    public static readonly ProblemKind TooLarge = new(ProblemCodes.TooLarge, 413, "The request is too large.",
        "Send less: a question has at most 8,000 characters, a JSON body 64 KB, a file 20 MB, an upload 200 MB.");
    public static readonly ProblemKind UnsupportedMedia = new(ProblemCodes.UnsupportedMedia, 415, "This kind of content is not read.",
        "Send JSON to JSON routes, multipart/form-data to uploads, and a format that is read as documents.");
    public static readonly ProblemKind RateLimited = new(ProblemCodes.RateLimited, 429, "Too many requests.",
        "Wait as long as Retry-After says.", Retryable: true);
    public static readonly ProblemKind QuotaExceeded = new(ProblemCodes.QuotaExceeded, 429, "A budget is used up.",
        "Wait until the budget begins anew, or have it raised: GET /api/budgets tells what is spent.");
    public static readonly ProblemKind Canceled = new(ProblemCodes.Canceled, 499, "The caller went away.",
        "Send the request again if the answer is still wanted.", Retryable: true);
    public static readonly ProblemKind Internal = new(ProblemCodes.Internal, 500, "Something went wrong in the service.",
        "Report the trace id: the service's logs tell the rest.");
    public static readonly ProblemKind NoModel = new(ProblemCodes.NoModel, 501, "This needs a language model, and none is set up.",
        "Whoever runs the service sets Models:Provider to 'openai' with Models:OpenAI:ApiKey, or names models in Models:Routes:extract; 'local' only quotes.");
    public static readonly ProblemKind NoTools = new(ProblemCodes.NoTools, 501, "This needs a model that can call tools, and none is set up.",
        "Whoever runs the service names one in Models:Routes:agent and lists 'tools' among its Abilities; 'local' only quotes. POST /api/ask needs none.");
    public static readonly ProblemKind AgentLimit = new(ProblemCodes.AgentLimit, 422, "The run has used up its time or what it may cost.",
        "Ask for less, or have Agent:MaxSeconds or Agent:MaxCostDollars raised.");
    public static readonly ProblemKind ProviderError = new(ProblemCodes.ProviderError, 502, "The model provider failed.",
        "Try again; if it stays, check the provider's status and the configured model.", Retryable: true);
    public static readonly ProblemKind ProviderBadOutput = new(ProblemCodes.ProviderBadOutput, 502, "The model's output could not be used.",
        "Try again, or put the question differently.", Retryable: true);
    public static readonly ProblemKind StreamInterrupted = new(ProblemCodes.StreamInterrupted, 502, "The model stopped in the middle.",
        "Ask again: what has been shown is not a complete answer.", Retryable: true);
    public static readonly ProblemKind Overloaded = new(ProblemCodes.Overloaded, 503, "The service is too busy.",
        "Try again in a moment.", Retryable: true);
    public static readonly ProblemKind DatabaseUnavailable = new(ProblemCodes.DatabaseUnavailable, 503, "The database cannot be reached.",
        "Try again in a moment; nothing that was acknowledged is lost.", Retryable: true);
    public static readonly ProblemKind ProviderRateLimited = new(ProblemCodes.ProviderRateLimited, 429, "The model provider limits requests.",
        "Wait as long as Retry-After says, or raise the provider's limit.", Retryable: true);
    public static readonly ProblemKind ProviderTimeout = new(ProblemCodes.ProviderTimeout, 504, "The model provider took too long.",
        "Try again; if it stays, choose a faster model or raise Gateway:DeadlineSeconds.", Retryable: true);
    public static readonly ProblemKind StorageFull = new(ProblemCodes.StorageFull, 507, "The database has no room left.",
        "Whoever runs the service must add storage; until then only questions are answered.");
    public static readonly ProblemKind PoisonDocument = new(ProblemCodes.PoisonDocument, 422, "This document cannot be read.",
        "Look at the document: it broke its reader more than once. A corrected file can be uploaded under the same name.");
    public static readonly ProblemKind NoText = new(ProblemCodes.NoText, 422, "This document has no text.",
        "A scan is a picture of text: recognise its text first, and upload the result under the same name.");
    public static readonly ProblemKind EncryptedDocument = new(ProblemCodes.EncryptedDocument, 422, "This document is protected with a password.",
        "Save it without a password and upload it under the same name.");

    private static readonly FrozenDictionary<string, ProblemKind> ByCode = new[]
    {
        Validation, Auth, Forbidden, NotFound, Conflict, TooLarge, UnsupportedMedia, RateLimited, QuotaExceeded, Canceled, Internal, ProviderError,
        ProviderBadOutput, StreamInterrupted, Overloaded, DatabaseUnavailable, ProviderRateLimited, ProviderTimeout, StorageFull,
        PoisonDocument, NoText, EncryptedDocument, NoModel, NoTools, AgentLimit, Stopped,
    }.ToFrozenDictionary(kind => kind.Code);

    public static IEnumerable<ProblemKind> All => ByCode.Values.OrderBy(kind => kind.Status).ThenBy(kind => kind.Code, StringComparer.Ordinal);

    public static ProblemKind? Find(string code) => ByCode.GetValueOrDefault(code);

    /// <summary>For statuses that the framework sets without an exception.</summary>
    public static ProblemKind ForStatus(int status) => status switch
    {
        405 => MethodNotAllowed,
        _ => All.FirstOrDefault(kind => kind.Status == status) ?? (status < 500 ? Validation with { Status = status } : Internal),
    };
}
