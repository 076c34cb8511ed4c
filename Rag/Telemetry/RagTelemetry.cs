using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace AiApp.Rag.Telemetry;

/// <summary>Every telemetry name of the domain.</summary>
public static class RagTelemetry
{
    public const string Name = "AiApp.Rag";

    /// <summary>Source and meter of the Microsoft.Extensions.AI decorators.</summary>
    public const string ModelsName = "Experimental.Microsoft.Extensions.AI";

    /// <summary>The category of the events that tell what was measured about answers.</summary>
    public const string EvaluationsName = "AiApp.Rag.Evaluations";

    public static ActivitySource Source { get; } = new(Name);
    public static Meter Meter { get; } = new(Name);

    public static Histogram<double> AnswerStageDuration { get; } =
        Meter.CreateHistogram<double>("aiapp.answer.stage.duration", "s", "Duration of one stage of answering.");
    public static Histogram<double> IngestStageDuration { get; } =
        Meter.CreateHistogram<double>("aiapp.ingest.stage.duration", "s", "Duration of one stage of ingesting a document.");
    public static Counter<long> Answers { get; } =
        Meter.CreateCounter<long>("aiapp.answers", "{answer}", "Answers by outcome.");
    public static Counter<long> Citations { get; } =
        Meter.CreateCounter<long>("aiapp.citations", "{citation}", "Citation markers by outcome: kept, dropped.");
    public static Counter<long> Claims { get; } =
        Meter.CreateCounter<long>("aiapp.claims", "{claim}", "Sentences of models by outcome: supported, or why they were left out.");
    public static Counter<long> Repairs { get; } =
        Meter.CreateCounter<long>("aiapp.answer.repairs", "{answer}", "Answers whose left out sentences were offered to a model again, by outcome: repaired, unchanged, or the code of the failure.");
    public static Counter<long> Judgements { get; } =
        Meter.CreateCounter<long>("aiapp.claim.judgements", "{claim}", "Sentences that a model judged by outcome: supported, unsupported, or the code of the failure.");
    public static Counter<long> Feedback { get; } =
        Meter.CreateCounter<long>("aiapp.feedback", "{verdict}", "What people said of their answers, by verdict and reason.");
    public static Counter<long> Reranks { get; } =
        Meter.CreateCounter<long>("aiapp.retrieval.reranks", "{call}", "Rerankings by outcome: done, failed, refused by a budget, left_alone.");
    public static Counter<long> IngestedChunks { get; } =
        Meter.CreateCounter<long>("aiapp.ingest.chunks", "{chunk}", "Chunks published.");
    public static Counter<long> Parses { get; } =
        Meter.CreateCounter<long>("aiapp.ingest.parses", "{document}", "Documents given to parser processes by outcome: read, refused, crashed, stopped.");
    public static Counter<long> EmbeddedChunks { get; } =
        Meter.CreateCounter<long>("aiapp.ingest.embeddings", "{chunk}", "Vectors of published chunks by outcome: made, reused.");
    public static Counter<long> FilledChunks { get; } =
        Meter.CreateCounter<long>("aiapp.embedding.filled", "{chunk}", "Chunks given the vector that an embedding space lacked.");
    public static UpDownCounter<int> IngestPlaces { get; } =
        Meter.CreateUpDownCounter<int>("aiapp.ingest.places", "{place}", "Documents worked on at a time; fewer while the embedding provider limits its rate.");
    public static Counter<long> Jobs { get; } =
        Meter.CreateCounter<long>("aiapp.ingest.jobs", "{job}", "Jobs by final state.");

    public static Counter<long> SourceRuns { get; } =
        Meter.CreateCounter<long>("aiapp.source.runs", "{run}", "Runs of sources by outcome: completed, partial, failed, held.");
    public static Counter<long> SourceItems { get; } =
        Meter.CreateCounter<long>("aiapp.source.items", "{item}", "Items of sources by outcome: added, changed, unchanged, deleted, rejected, failed.");

    public static Counter<long> RememberedSearches { get; } =
        Meter.CreateCounter<long>("aiapp.retrieval.remembered", "{search}", "Searches by whether the same one was remembered: hit, changed (its documents or the caller's rights have), miss.");
    public static Counter<long> CacheLookups { get; } =
        Meter.CreateCounter<long>("aiapp.cache.lookups", "{lookup}", "Look-ups of cached answers by result: hit, why not, bypass, unavailable.");
    public static UpDownCounter<int> CacheWaiting { get; } =
        Meter.CreateUpDownCounter<int>("aiapp.cache.waiting", "{question}", "Questions that wait for the same one that is being answered.");
    public static Counter<long> CacheShadows { get; } =
        Meter.CreateCounter<long>("aiapp.cache.shadows", "{answer}", "Answers given again that were written anew as well, by whether the two say the same: same, different, failed, dropped.");
    public static Counter<double> CacheSavedSeconds { get; } =
        Meter.CreateCounter<double>("aiapp.cache.saved_seconds", "s", "How long the answers took to be written that were given again.");
    public static Counter<double> CacheSavedCost { get; } =
        Meter.CreateCounter<double>("aiapp.cache.saved_cost", "{dollar}", "What the answers have cost that were given again.");

    public static UpDownCounter<int> LiveTurns { get; } =
        Meter.CreateUpDownCounter<int>("aiapp.conversation.live", "{answer}", "Answers of conversations that this process writes, read or not.");
    public static Counter<long> Turns { get; } =
        Meter.CreateCounter<long>("aiapp.conversation.turns", "{turn}", "Turns by outcome: complete, stopped, or the code of the failure.");
    public static Counter<long> TurnReadings { get; } =
        Meter.CreateCounter<long>("aiapp.conversation.readings", "{reader}", "Readers who came back to a turn, by where it was read: live, elsewhere, record.");
    public static Counter<long> Rewrites { get; } =
        Meter.CreateCounter<long>("aiapp.conversation.rewrites", "{question}", "Questions of conversations by what made them stand alone: none, rules, model, rules_after_model.");

    public static Counter<long> AgentRuns { get; } =
        Meter.CreateCounter<long>("aiapp.agent.runs", "{run}", "Runs of the agent by outcome: answered, insufficient_context, or why there is no answer.");
    public static Counter<long> AgentSteps { get; } =
        Meter.CreateCounter<long>("aiapp.agent.steps", "{step}", "Steps of the agent by tool, 'model' for a model's, and outcome: done, failed, declined.");
    public static Counter<long> AgentTakeovers { get; } =
        Meter.CreateCounter<long>("aiapp.agent.takeovers", "{run}", "Runs that a process took up which another had begun.");
    public static Counter<long> AgentApprovals { get; } =
        Meter.CreateCounter<long>("aiapp.agent.approvals", "{call}", "Calls that a person had to decide about by outcome: asked, approved, declined, refused as not the one that was shown.");

    public static Counter<long> ModelAttempts { get; } =
        Meter.CreateCounter<long>("aiapp.model.attempts", "{call}", "Calls of model providers by provider, model, step and outcome: ok, canceled, or the code of the failure.");
    public static Counter<double> ModelCost { get; } =
        Meter.CreateCounter<double>("aiapp.model.cost", "{dollar}", "What model calls have cost, by provider, model, step, prompt version and tenant.");

    /// <summary>Of the GenAI conventions.</summary>
    public const string Operation = "gen_ai.operation.name";
    public const string DataSource = "gen_ai.data_source.id";
    public const string Provider = "gen_ai.provider.name";
    public const string Model = "gen_ai.request.model";
    public const string InvokeAgent = "invoke_agent";
    public const string AgentName = "gen_ai.agent.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string ExecuteTool = "execute_tool";
    public const string ToolName = "gen_ai.tool.name";
    public const string ToolCallId = "gen_ai.tool.call.id";
    public const string ToolType = "gen_ai.tool.type";
    public const string ErrorType = "error.type";
    public const string ResponseId = "gen_ai.response.id";
    public const string EvaluationEvent = "gen_ai.evaluation.result";
    public const string EvaluationName = "gen_ai.evaluation.name";
    public const string EvaluationScore = "gen_ai.evaluation.score.value";
    public const string EvaluationLabel = "gen_ai.evaluation.score.label";
    public const string EvaluationExplanation = "gen_ai.evaluation.explanation";
    public const string EventName = "event.name";

    /// <summary>The span that an evaluation belongs to; ServiceDefaults puts the event there.</summary>
    public const string EvaluatedSpan = "aiapp.evaluated_span_id";
    public const string Step = "aiapp.step";
    public const string PromptVersion = "aiapp.prompt.version";
    public const string Cost = "aiapp.cost";
    public const string Stage = "aiapp.stage";
    public const string Outcome = "aiapp.outcome";
    public const string Result = "aiapp.result";
    public const string Tenant = "aiapp.tenant";
    public const string Verdict = "aiapp.verdict";
    public const string Reason = "aiapp.reason";
    public const string AnswerId = "aiapp.answer_id";
}
