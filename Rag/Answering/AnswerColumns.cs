namespace AiApp.Rag.Answering;

/// <summary>The columns of a recorded answer, as part of a statement; <see cref="AnswerStore.Read"/> reads them in this order.</summary>
internal static class AnswerColumns
{
    public const string All =
        "question, text, outcome, provider, model, prompt_version, evidence, citations, stage_ms, input_token_count, "
        + "output_token_count, duration_ms, model_call, cached_from, cached_at, asked_at, grounding";
}
