using System.Text.Json;
using HaLong.ServiceDefaults;
using HaLong.Signatures.Contracts.Events;
using HaLong.TestSupport;
using static HaLong.Dossiers.Tests.DossierFixture;

namespace HaLong.Dossiers.Tests.Features.Signatures;

/// <summary>A dossier whose approver signs, its approver, and his signing sessions at the neighbour.</summary>
internal sealed class SignatureFlow(DossierFixture dossiers, ServiceFactory<Program>? factory = null)
{
    private readonly ServiceFactory<Program> service = factory ?? dossiers.Factory;

    public Guid ApproverId { get; } = Guid.CreateVersion7();

    public HttpClient Owner { get; } = (factory ?? dossiers.Factory).Client(dossiers.Identity.Token(null, [Roles.Citizen]));

    public HttpClient Approver => As(ApproverId);

    public Guid Id { get; private set; }

    public HttpClient As(Guid approver) => service.Client(dossiers.Identity.Token(approver, [Roles.Approver], Unit));

    private HttpClient Official(string role) => service.Client(dossiers.Identity.Token(null, [role], Unit));

    /// <summary>Decided, to be signed unless something else is said.</summary>
    public async Task<SignatureFlow> DecideAsync(object? body = null, string path = "approval")
    {
        Id = await SubmittedAsync(Owner, Free);
        await BodyAsync(await PostAsync(Official(Roles.Reception), Id, "acceptance"));
        await BodyAsync(await PostAsync(Official(Roles.Officer), Id, "assignment"));
        await BodyAsync(await PostAsync(Approver, Id, path, body ?? new { decision = "Chấp thuận đề nghị.", sign = true }));
        return this;
    }

    public async Task<SigningRoom> AskedAsync()
    {
        var view = await StateAsync("asked");
        return dossiers.Neighbours.Rooms[Signature(view).GetProperty("sessionId").GetString()!];
    }

    /// <summary>The dossier as its approver sees it, once the signature stands so.</summary>
    public Task<JsonElement> StateAsync(string state) => WaitForAsync(
        Approver, Id, d => d.GetProperty("lifecycle").TryGetProperty("signature", out var s) && s.GetProperty("state").GetString() == state, $"the signature is {state}");

    public Task<JsonElement> StatusAsync(string status) => WaitForAsync(Owner, Id, d => d.GetProperty("status").GetString() == status, $"the dossier is {status}");

    public static JsonElement Signature(JsonElement view) => view.GetProperty("lifecycle").GetProperty("signature");

    public static (string? Who, string? Reason) Wait(JsonElement view) =>
        (view.GetProperty("waitingFor").GetProperty("who").GetString(), view.GetProperty("waitingFor").GetProperty("reason").GetString());

    public Task TellAsync(SigningRoom room) => TellAsync(room.Request.SessionId, room.State);

    /// <summary>The neighbour's notice.</summary>
    public Task TellAsync(string session, string state)
    {
        var (id, subject, now) = (Guid.Parse(session), Id.ToString(), TimeProvider.System.GetUtcNow());
        return state switch
        {
            "completed" => service.PublishAsync(new SigningCompleted(id, subject, "dossier", [], now)),
            "refused" => service.PublishAsync(new SigningRefused(id, subject, "dossier", ApproverId, now)),
            "expired" => service.PublishAsync(new SigningExpired(id, subject, "dossier", now)),
            _ => service.PublishAsync(new SigningCancelled(id, subject, "dossier", now)),
        };
    }
}
