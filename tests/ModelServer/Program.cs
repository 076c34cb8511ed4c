using AiApp.Testing;

// dotnet run --project tests/ModelServer -- [port] [extract|badmarker|scripted|obey|agent]
var options = new ModelServerOptions
{
    Port = args.Length > 0 ? int.Parse(args[0]) : 8089,
    Mode = args.Length > 1 ? Enum.Parse<AnswerMode>(args[1], ignoreCase: true) : AnswerMode.Extract,
};
await using var server = await ModelServer.StartAsync(options);
Console.WriteLine($"Model server on {server.Endpoint} answering with {options.Mode}; Ctrl-C stops it.");
await server.WaitForShutdownAsync();
