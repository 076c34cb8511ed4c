using AiApp.Api;
using AiApp.Api.Budgets;
using AiApp.Api.Cache;
using AiApp.Api.Extraction;
using AiApp.Api.Keys;
using AiApp.Api.Spaces;

if (args is [KeysCommand.Name, ..])
{
    return await KeysCommand.RunAsync(args);
}
if (args is [SpacesCommand.Name, ..])
{
    return await SpacesCommand.RunAsync(args);
}
if (args is [BudgetsCommand.Name, ..])
{
    return await BudgetsCommand.RunAsync(args);
}
if (args is [CacheCommand.Name, ..])
{
    return await CacheCommand.RunAsync(args);
}
if (args is [RejectedCommand.Name, ..])
{
    return await RejectedCommand.RunAsync(args);
}
await using var app = ApiHost.Build(args);
await app.RunAsync();
return 0;
