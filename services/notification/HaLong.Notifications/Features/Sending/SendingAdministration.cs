using HaLong.ServiceDefaults;

namespace HaLong.Notifications.Features.Sending;

/// <summary>What administrators see and do about sending.</summary>
internal static class SendingAdministration
{
    public static void MapSendingAdministration(this WebApplication app)
    {
        var messages = app.MapGroup("/api/v1/admin/messages").WithTags("Sending").RequireAuthorization(Policies.Administrator);
        messages.MapListOutgoing();
        messages.MapRedriveMessage();
        messages.MapRedriveMessages();

        var providers = app.MapGroup("/api/v1/admin/message-providers").WithTags("Sending").RequireAuthorization(Policies.Administrator);
        providers.MapListProviders();
        providers.MapChangeProvider();
    }
}
