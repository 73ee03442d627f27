using System.Security.Cryptography;
using HaLong.Identity.Contracts.Events;
using HaLong.Identity.Domain;
using HaLong.Identity.Keys;
using HaLong.Identity.Persistence;
using HaLong.Messaging;
using HaLong.ServiceDefaults;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.EntityFrameworkCore;
using Microsoft.Net.Http.Headers;

namespace HaLong.Identity.Assisted;

/// <summary>Consent of who has no telephone: a signed paper, scanned by the helper, and a second helper of the unit who saw it signed.</summary>
internal sealed class PaperConsents(
    IdentityDbContext db, AssistedDesk desk, FieldVault vault, AccountOpening accounts, ConsentRecord ledger, Caller caller, TimeProvider time)
{
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Room for boundaries and headers.</summary>
    public const int Overhead = 64 * 1024;

    public async Task<IResult> UploadAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeOwnAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (session, now) = (taken.Value, time.GetUtcNow());
        if (session.StateAt(now) != AssistedState.AwaitingConsent)
            return IdentityErrors.AssistedWrongState.ToProblem();
        var scan = await ReadAsync(http.Request, ct);
        if (!scan.IsSuccess)
            return scan.Error.ToProblem();
        if (ScanType.Of(scan.Value) is not { } type)
            return IdentityErrors.ScanType.ToProblem();
        var paper = session.ConsentOnPaper(now);
        if (!paper.IsSuccess)
            return paper.Error.ToProblem();
        db.PaperConsents.Add(new PaperConsent
        {
            Id = id,
            SealedScan = vault.Seal(AssistedSeals.Paper, id.ToString(), scan.Value),
            MediaType = type,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(scan.Value)),
            ReceivedAt = now,
        });
        await db.SaveChangesAsync(ct);
        return await desk.ShowAsync(session, http, ct);
    }

    public async Task<IResult> WitnessAsync(Guid id, HttpContext http, CancellationToken ct)
    {
        var taken = await desk.TakeToWitnessAsync(id, http.Request, ct);
        if (!taken.IsSuccess)
            return taken.Error.ToProblem();
        var (session, now) = (taken.Value, time.GetUtcNow());
        if (caller.AccountId == session.HelperId)
            return IdentityErrors.WitnessNotAnother.ToProblem();
        if (session.StateAt(now) != AssistedState.AwaitingWitness)
            return IdentityErrors.AssistedWrongState.ToProblem();
        var opens = session.CitizenId is null;
        if (await accounts.CitizenOfAsync(session, ct) is not { } citizen)
            return IdentityErrors.AssistedNobody.ToProblem();
        var witnessed = session.Witness(caller.AccountId, caller.Unit, citizen, now);
        if (!witnessed.IsSuccess)
            return witnessed.Error.ToProblem();
        var paper = await db.PaperConsents.Where(p => p.Id == id).Select(p => p.Sha256).SingleAsync(ct);
        await ledger.GivenAsync(session, opens, "sha256:" + paper, ct);
        db.Enqueue(new AssistedSessionStarted(id, session.HelperId, citizen, session.HelperUnit, session.PlaceKind, session.Acts, "paper", now, session.ExpiresAt));
        await db.SaveChangesAsync(ct);
        return await desk.ShowAsync(session, http, ct);
    }

    private static async Task<Result<byte[]>> ReadAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBytes + Overhead)
            return IdentityErrors.ScanTooLarge;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase)
            || HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= 70 } boundary)
            return IdentityErrors.BadScan;
        try
        {
            var reader = new MultipartReader(boundary, request.Body);
            if (await reader.ReadNextSectionAsync(ct) is not { } section || !ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition)
                || HeaderUtilities.RemoveQuotes(disposition.Name).Value != "scan")
                return IdentityErrors.BadScan;
            using var scan = new MemoryStream();
            var buffer = new byte[64 * 1024];
            int read;
            while ((read = await section.Body.ReadAsync(buffer, ct)) > 0)
            {
                if (scan.Length + read > MaxBytes)
                    return IdentityErrors.ScanTooLarge;
                scan.Write(buffer, 0, read);
            }

            return scan.Length == 0 || await reader.ReadNextSectionAsync(ct) is not null ? IdentityErrors.BadScan : scan.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException and not BadHttpRequestException)
        {
            return IdentityErrors.BadScan;
        }
    }
}

/// <summary>What a scan is, told by its content and never by its name or header.</summary>
internal static class ScanType
{
    private const int Edge = 1024;

    /// <summary>The media type of an intact PDF, PNG or JPEG; null for anything else, or one that was cut off.</summary>
    public static string? Of(ReadOnlySpan<byte> content)
    {
        var tail = content[Math.Max(0, content.Length - Edge)..];
        if (content.StartsWith("%PDF-"u8))
            return tail.IndexOf("%%EOF"u8) >= 0 ? "application/pdf" : null;
        if (content.StartsWith((ReadOnlySpan<byte>)[0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A]))
            return tail.IndexOf("IEND"u8) >= 0 ? "image/png" : null;
        return content.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) && tail.LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) >= 0 ? "image/jpeg" : null;
    }
}
