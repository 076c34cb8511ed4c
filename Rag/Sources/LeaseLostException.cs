namespace AiApp.Rag.Sources;

/// <summary>The source belongs to another worker, or is no more: whoever ran it stops and writes nothing.</summary>
internal sealed class LeaseLostException() : Exception("The lease of the source is lost.");
