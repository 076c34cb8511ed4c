namespace AiApp.Integration.Tests.Hosting;

/// <summary>The servers that tests run against: always real ones. <c>./test</c> starts them.</summary>
internal static class TestServers
{
    /// <summary>A login that may create databases and roles.</summary>
    public static string Postgres => Find("ConnectionStrings__aiapp");

    public static string Redis => Find("ConnectionStrings__redis");

    private static string Find(string variable) =>
        Environment.GetEnvironmentVariable(variable)
        ?? throw new InvalidOperationException($"{variable} is not set: run ./test, or set it to a server for tests.");
}
