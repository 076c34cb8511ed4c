namespace AiApp.Rag.Gateway;

/// <summary>A model by the names that records keep: its provider's in the configuration, and the provider's own of the model.</summary>
public sealed record ModelName(string Provider, string Model);
