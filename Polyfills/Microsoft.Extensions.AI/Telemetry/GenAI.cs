namespace Microsoft.Extensions.AI;

/// <summary>Names of the OpenTelemetry GenAI conventions (status: Development), as the package emits them.</summary>
internal static class GenAI
{
    public const string DefaultSourceName = "Experimental.Microsoft.Extensions.AI";
    public const string CaptureContentVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public const string Chat = "chat";
    public const string Embeddings = "embeddings";

    public const string OperationName = "gen_ai.operation.name";
    public const string ProviderName = "gen_ai.provider.name";
    public const string ConversationId = "gen_ai.conversation.id";
    public const string OutputType = "gen_ai.output.type";
    public const string DimensionCount = "gen_ai.embeddings.dimension.count";
    public const string ServerAddress = "server.address";
    public const string ServerPort = "server.port";
    public const string ErrorType = "error.type";
    public const string TokenType = "gen_ai.token.type";

    public const string SystemInstructions = "gen_ai.system_instructions";
    public const string InputMessages = "gen_ai.input.messages";
    public const string OutputMessages = "gen_ai.output.messages";

    public static bool CaptureContentByDefault { get; } =
        string.Equals(Environment.GetEnvironmentVariable(CaptureContentVariable), "true", StringComparison.OrdinalIgnoreCase);

    internal static class Request
    {
        public const string Model = "gen_ai.request.model";
        public const string Stream = "gen_ai.request.stream";
        public const string Seed = "gen_ai.request.seed";
        public const string TopK = "gen_ai.request.top_k";
        public const string TopP = "gen_ai.request.top_p";
        public const string Temperature = "gen_ai.request.temperature";
        public const string MaxTokens = "gen_ai.request.max_tokens";
        public const string StopSequences = "gen_ai.request.stop_sequences";
        public const string FrequencyPenalty = "gen_ai.request.frequency_penalty";
        public const string PresencePenalty = "gen_ai.request.presence_penalty";
    }

    internal static class Response
    {
        public const string Id = "gen_ai.response.id";
        public const string Model = "gen_ai.response.model";
        public const string FinishReasons = "gen_ai.response.finish_reasons";
        public const string TimeToFirstChunk = "gen_ai.response.time_to_first_chunk";
    }

    internal static class Usage
    {
        public const string InputTokens = "gen_ai.usage.input_tokens";
        public const string OutputTokens = "gen_ai.usage.output_tokens";
        public const string CacheReadInputTokens = "gen_ai.usage.cache_read.input_tokens";
        public const string ReasoningOutputTokens = "gen_ai.usage.reasoning.output_tokens";
    }
}
