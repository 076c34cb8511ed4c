namespace AiApp.Rag.Storage;

internal static class StorageSql
{
    internal const string Ping = "SELECT 1";
}
