using AiApp.Api;
using AiApp.Api.Keys;

if (args is [KeysCommand.Name, ..])
{
    return await KeysCommand.RunAsync(args);
}
await using var app = ApiHost.Build(args);
await app.RunAsync();
return 0;
