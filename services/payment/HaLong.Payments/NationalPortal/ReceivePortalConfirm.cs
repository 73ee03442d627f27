using System.Text;
using HaLong.ServiceDefaults;
using Microsoft.Extensions.Options;

namespace HaLong.Payments.NationalPortal;

/// <summary>Takes confirmations of the national payment platform: checks, stores, acknowledges.</summary>
internal sealed partial class ReceivePortalConfirm(
    PortalDesk desk, IOptions<PortalOptions> options, TimeProvider time, PaymentInstruments instruments, ILogger<ReceivePortalConfirm> log)
{
    private const int MaxBody = 16 * 1024;
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>What the platform's messages look like to a reader of the API; they are read field by field.</summary>
    internal sealed record Message(
        string? LoaiBanTin, string? MaLoi, string? MaDoiTac, string? MaThamChieu, string? SoTien, string? MaTienTe, string? MaGiaoDich, string? MaNganHang,
        string? ThoiGianGD, string? ThongTinGiaoDich, string? MaXacThuc);

    /// <summary>Error code 0: stored, whatever it tells.</summary>
    internal sealed record Acknowledgement([property: System.Text.Json.Serialization.JsonPropertyName("error_code")] string ErrorCode, string Message);

    public static void Map(IEndpointRouteBuilder app) => app.MapPost("/hooks/portal-payment",
            (ReceivePortalConfirm handler, HttpRequest request, CancellationToken ct) => handler.HandleAsync(request, ct))
        .WithTags("Bank notices")
        .WithName(nameof(ReceivePortalConfirm))
        .WithSummary("Confirmation of a payment, from the national payment platform")
        .WithDescription("MaXacThuc proves the sender. error_code 0 means stored, not settled. The same confirmation may come any number of times.")
        .Accepts<Message>("application/json")
        .Produces<Acknowledgement>()
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status401Unauthorized)
        .ProducesProblem(StatusCodes.Status404NotFound)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .AllowAnonymous();

    private async Task<IResult> HandleAsync(HttpRequest request, CancellationToken ct)
    {
        var told = await ReadAsync(request, ct);
        var attempt = told.IsSuccess ? await desk.FindAsync(told.Value.Order, ct) : null;
        var refusal = !told.IsSuccess ? told.Error : attempt is null ? PortalErrors.UnknownOrder : null;
        if (refusal is not null)
        {
            instruments.Refused(refusal.Code);
            Refused(log, refusal.Code);
            return refusal.ToProblem();
        }

        await desk.TakeAsync(attempt!, told.Value, PortalMessage.Confirm, ct); // There is one, or it was refused.
        return TypedResults.Ok(new Acknowledgement("0", "stored"));
    }

    private async Task<Result<PortalTold>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (!options.Value.IsOn)
            return PortalErrors.BadCheckSum;
        var buffer = new byte[MaxBody + 1];
        var length = request.ContentLength > MaxBody ? buffer.Length : await request.Body.ReadAtLeastAsync(buffer, buffer.Length, false, ct);
        if (length > MaxBody)
            return PortalErrors.ConfirmTooLarge;
        try
        {
            var told = PortalTold.Read(Utf8.GetString(buffer, 0, length), asked: false, options.Value, time.GetUtcNow());
            // A confirmation is about an end; of an order that is still open there is none.
            return told.IsSuccess && told.Value.Outcome is not (PortalOutcome.Paid or PortalOutcome.Failed) ? PortalErrors.BadConfirm : told;
        }
        catch (DecoderFallbackException)
        {
            return PortalErrors.BadConfirm;
        }
    }

    [LoggerMessage(4126, LogLevel.Warning, "Confirmation of the national payment platform refused: {Code}")]
    private static partial void Refused(ILogger log, string code);
}
