using AiApp.Rag.Tenants;

namespace AiApp.Rag.Conversations.Turns;

/// <summary>
/// Names a turn as its table does. The caller chooses the turn's id, so that two conversations may have turns of one id: without the
/// conversation, whoever knows the id of another's turn would be given its events.
/// </summary>
internal sealed record TurnKey(TenantId Tenant, Guid Conversation, Guid Turn)
{
    public static TurnKey Of(TenantId tenant, Turn turn) => new(tenant, turn.ConversationId, turn.Id);

    public override string ToString() => $"turn:{Conversation:N}:{Turn:N}";
}
