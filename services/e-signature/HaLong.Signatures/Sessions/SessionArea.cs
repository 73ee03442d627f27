using HaLong.ServiceDefaults;
using HaLong.Signatures.Features.Sessions;

namespace HaLong.Signatures.Sessions;

/// <summary>Signing sessions and batches: what belongs to them.</summary>
internal static class SessionArea
{
    public static void AddSessions(this WebApplicationBuilder builder)
    {
        builder.AddOptions<SessionOptions>(SessionOptions.Section);
        builder.Services.AddSingleton<SessionTelemetry>();
        builder.Services.AddScoped<SigningProviders>();
        builder.Services.AddScoped<SessionStore>();
        builder.Services.AddScoped<SessionContents>();
        builder.Services.AddScoped<SessionTrust>();
        builder.Services.AddScoped<OrderMaking>();
        builder.Services.AddScoped<OrderEmbedding>();
        builder.Services.AddScoped<OrderSteps>();
        builder.Services.AddScoped<SessionKeeping>();
        builder.Services.AddScoped<CreateSession>();
        builder.Services.AddScoped<SessionDesk>();
        builder.Services.AddScoped<BeginSigning>();
        builder.Services.AddScoped<StartBatch>();
        builder.Services.AddSingleton<SessionWorker>().AddHostedService(s => s.GetRequiredService<SessionWorker>());
    }

    public static void MapSessions(this WebApplication app)
    {
        var sessions = app.MapGroup("/api/v1/signing-sessions").WithTags("Signing sessions");
        CreateOwnSession.Map(sessions);
        GetSession.Map(sessions);
        GetContent.Map(sessions);
        SignSession.Map(sessions);
        EndSession.Map(sessions);
        ListEvents.Map(sessions, app.MapGroup("/api/v1/admin/signing-events").WithTags("Signing sessions"));
        ListMySessions.Map(app.MapGroup("/api/v1/me/signing-sessions").WithTags("Signing sessions"));
        SignBatch.Map(app.MapGroup("/api/v1/me/signing-batches").WithTags("Signing sessions"));
        app.MapGrpcService<SigningSessionsGrpc>();
    }
}
