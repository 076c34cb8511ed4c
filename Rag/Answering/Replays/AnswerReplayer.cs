using AiApp.Rag.Gateway;
using AiApp.Rag.Gateway.Routing;
using AiApp.Rag.Prompts;
using AiApp.Rag.Retrieval;

namespace AiApp.Rag.Answering.Replays;

/// <summary>Answers a recorded question again, by the recorded prompt, model and evidence as far as they are still there.</summary>
public sealed class AnswerReplayer
{
    private readonly AnswerStore _answers;
    private readonly ReplayStore _states;
    private readonly AnswerPipeline _pipeline;
    private readonly ModelRoutes _routes;

    internal AnswerReplayer(AnswerStore answers, ReplayStore states, AnswerPipeline pipeline, ModelRoutes routes) =>
        (_answers, _states, _pipeline, _routes) = (answers, states, pipeline, routes);

    /// <summary>
    /// Null for an answer that the caller may not read: its evidence is shown to a model again, and so must be theirs to read. Whoever
    /// asks bears the cost. Throws as the pipeline does.
    /// </summary>
    /// <param name="asker">Who asks; the words of the question and its collection come from the record.</param>
    /// <param name="id">The answer.</param>
    /// <param name="anew">Whether evidence is retrieved anew.</param>
    /// <param name="ct">Ends it; what came to be is recorded.</param>
    public async Task<AnswerReplay?> ReplayAsync(Question asker, Guid id, bool anew, CancellationToken ct)
    {
        if (await _answers.FindAsync(asker.Tenant, asker.Principals, asker.AskedBy ?? "", id, ct) is not { } original
            || await _states.FindStateAsync(asker.Tenant, asker.Principals, original, ct) is not { } state)
        {
            return null;
        }
        var missing = new List<string>();
        var plan = new ReplayPlan
        {
            Of = id,
            // That of the agent asks for tools, of which a replay has none.
            Prompt = PromptTemplate.Find(original.PromptVersion) is { Name: not "agent" } prompt ? prompt : null,
            Model = FindModel(original),
            Evidence = anew ? null : Evidence(original, state),
        };
        Note(missing, MissingState.PromptVersion, plan.Prompt is null);
        Note(missing, MissingState.Model, plan.Model is null && original.Model != AnswerRun.NoModel);
        Note(missing, MissingState.QueryTerms, !anew && state.Terms is null && original.Passages.Count > 0);
        Note(missing, MissingState.Collection, anew && state.CollectionIsGone);
        return new()
        {
            Original = original,
            Replay = await _pipeline.CompleteAsync(asker with { Text = original.Question, Collection = state.Collection, Replay = plan }, ct),
            Missing = missing,
            Changed = Changed(original, state),
        };
    }

    private ModelName? FindModel(Answer original)
    {
        var recorded = new ModelName(original.Provider, original.Model);
        return _routes.Find(recorded).Count > 0 ? recorded : null;
    }

    private static RetrievalResult Evidence(Answer original, RecordedState state) =>
        new() { Chunks = original.Passages, Stages = [], Terms = state.Terms ?? [] };

    private static void Note(List<string> missing, string what, bool isMissing)
    {
        if (isMissing)
        {
            missing.Add(what);
        }
    }

    private static List<ChangedDocument> Changed(Answer original, RecordedState state) =>
    [
        .. from passage in original.Passages.DistinctBy(passage => passage.VersionId)
           where state.CurrentVersions.TryGetValue(passage.DocumentId, out var current) && current != passage.VersionNumber
           select new ChangedDocument(passage.DocumentId, passage.SourceUri, passage.VersionNumber, state.CurrentVersions[passage.DocumentId]),
    ];
}
