namespace AiApp.Web.Components.Pages.Ask;

/// <summary>When something was spoken of, as people look for it.</summary>
internal static class ConversationWords
{
    public static string Day(DateTimeOffset at, TimeProvider clock) =>
        (clock.GetUtcNow().UtcDateTime.Date - at.UtcDateTime.Date).Days switch
        {
            <= 0 => "Today",
            1 => "Yesterday",
            <= 7 => "Previous 7 days",
            _ => "Earlier",
        };
}
