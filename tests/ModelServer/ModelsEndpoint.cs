namespace AiApp.Testing;

internal static class ModelsEndpoint
{
    private static readonly string[] Names = ["extract", "badmarker", "scripted", "bag-of-words"];

    public static Task Handle(HttpContext context) => CallHandling.WriteJsonAsync(
        context,
        new { @object = "list", data = Names.Select(id => new { id, @object = "model", created = 0, owned_by = "aiapp-tests" }) },
        context.RequestAborted);
}
