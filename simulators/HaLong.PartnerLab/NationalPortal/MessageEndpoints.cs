using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http.HttpResults;

namespace HaLong.PartnerLab.NationalPortal;

/// <summary>Takes what the city tells of its dossiers. A refusal is a code inside HTTP 200, as the portal does it.</summary>
internal sealed class MessageEndpoints(PortalRegister register, PortalShelf shelf, PortalFaults faults, TimeProvider clock, IHostApplicationLifetime lifetime)
{
    private static readonly string[] Needed = ["MaHoSo", "MaTTHC", "NgayNopHoSo", "ThoiDiem"];

    internal sealed record Answer(string Error_code, string? Message = null, Guid? Message_id = null, bool? Duplicate = null);

    public static void Map(IEndpointRouteBuilder portal)
    {
        portal.MapPost("/dossiers", (HttpContext http, MessageEndpoints self, CancellationToken ct) => self.TakeAsync(http, PortalMessage.Dossier, null, ct));
        portal.MapPost("/dossiers/{code}/progress", (string code, HttpContext http, MessageEndpoints self, CancellationToken ct) =>
            self.TakeAsync(http, PortalMessage.Progress, code, ct));
        portal.MapPost("/dossiers/{code}/status", (string code, HttpContext http, MessageEndpoints self, CancellationToken ct) =>
            self.TakeAsync(http, PortalMessage.OfStatus, code, ct));
        portal.MapGet("/messages/{id:guid}", (Guid id, PortalRegister register) => register.StateOf(id) is { } known
            ? new { message_id = id, state = known.State, error_code = known.Error }
            : new { message_id = id, state = "unknown", error_code = (string?)null });
        portal.MapGet("/dossiers/{code}", (string code, PortalRegister register) => register.Find(code) is { } dossier ? Names(dossier) : Results.NotFound());
        portal.MapGet("/dossiers", (string? after, int? limit, PortalRegister register) => Page(register.After(after ?? "", Math.Clamp(limit ?? 500, 1, 500)), limit ?? 500));
    }

    // The portal's own spelling, not the camel case of ours.
    private static readonly JsonSerializerOptions Exact = new();

    private static IResult Names(object value) => Results.Json(value, Exact);

    private static IResult Page(IReadOnlyList<PortalDossier> items, int limit) => Results.Json(
        new Dictionary<string, object?> { ["items"] = items, ["next"] = items.Count >= limit ? items[^1].MaHoSo : null }, Exact);

    private async Task<IResult> TakeAsync(HttpContext http, string kind, string? code, CancellationToken ct)
    {
        if (!Guid.TryParse(http.Request.Headers["X-Message-Id"], out var id))
            return Refuse("4002", "X-Message-Id");
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body, ct);
        var (message, error) = Read(id, kind, code, body.ToArray());
        if (faults.Value("national.slow", message?.Code) is { } slow)
            await Task.Delay(TimeSpan.FromMilliseconds(slow), clock, ct);
        if (message is null)
            return Refuse(error!, "the message");

        var answer = Take(message);
        // The network delivers the request once more: the id counts once.
        if (faults.Strikes("national.duplicate", message.Code))
            Take(message);
        if (faults.Strikes("national.lostAnswer", message.Code))
            http.Abort();
        return answer;
    }

    private (PortalMessage? Message, string? Error) Read(Guid id, string kind, string? code, byte[] raw)
    {
        JsonElement body;
        try
        {
            body = JsonElement.Parse(raw);
        }
        catch (JsonException)
        {
            return (null, "4002");
        }

        if (body.ValueKind != JsonValueKind.Object)
            return (null, "4002");
        var message = new PortalMessage(id, code ?? Text(body, "MaHoSo"), kind, Status(body, kind == PortalMessage.Dossier ? "TrangThaiHoSo" : "TrangThai"),
            Convert.ToHexStringLower(SHA256.HashData(raw)), body);
        if (message.Code.Length == 0 || (kind == PortalMessage.Dossier && Needed.Any(n => Text(body, n).Length == 0)))
            return (null, "4002");
        if (message.Status is < 1 or > 10)
            return (null, "4003");
        return kind == PortalMessage.Dossier && !shelf.Has(Text(body, "MaTTHC")) ? (null, "4001") : (message, null);
    }

    private JsonHttpResult<Answer> Take(PortalMessage message)
    {
        // Lost after it was taken: nobody ever hears of it again, under the same id neither.
        if (register.StateOf(message.Id) is null && faults.Strikes("national.drop", message.Code))
            return Told(message.Id);
        if (!register.Take(message.Id))
            return register.StateOf(message.Id) is { State: PortalMessageState.Rejected, Error: { } known }
                ? Refuse(known, "rejected before")
                : TypedResults.Json(new Answer("0", null, message.Id, true), Spelling);
        if ((faults.Strikes("national.reject", message.Code) ? "4002" : register.Objection(message)) is { } error)
        {
            register.Reject(message.Id, error);
            return Refuse(error, "rejected");
        }

        if (faults.Strikes("national.reorder", message.Code))
            register.Hold(message);
        else if (faults.Value("national.delay", message.Code) is { } delay)
            _ = ApplyLaterAsync(message, delay);
        else
            Apply(message);
        return Told(message.Id);
    }

    private void Apply(PortalMessage message)
    {
        var before = register.Find(message.Code);
        register.Apply(message);
        if (faults.Strikes("national.forget", message.Code))
            register.Forget(message.Code, before);
    }

    private async Task ApplyLaterAsync(PortalMessage message, double milliseconds)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMilliseconds(milliseconds), clock, lifetime.ApplicationStopping);
            Apply(message);
        }
        catch (OperationCanceledException)
        {
            // The lab stops.
        }
    }

    private static readonly JsonSerializerOptions Spelling = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    private static JsonHttpResult<Answer> Told(Guid id) => TypedResults.Json(new Answer("0", null, id), Spelling);

    private static JsonHttpResult<Answer> Refuse(string code, string what) => TypedResults.Json(new Answer(code, what), Spelling);

    private static string Text(JsonElement body, string name) =>
        body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString()! : "";

    // Portals of partners send it as a number or as text.
    private static int Status(JsonElement body, string name) => !body.TryGetProperty(name, out var value) ? 0
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var number) ? number
        : value.ValueKind == JsonValueKind.String && int.TryParse(value.GetString(), NumberStyles.None, CultureInfo.InvariantCulture, out number) ? number : 0;
}
