using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.NationalPortal.Inbound;

/// <summary>A file that is in the store.</summary>
internal sealed record FetchedFile(int Component, string Name, FileType Type, string Sha256, long Size);

/// <summary>Fetches the files of a filing from the portal, under the same limits as uploads.</summary>
internal sealed class InboundFiles(DossierDbContext db, PortalClient portal, FileStore store, IOptions<FileOptions> files, IOptions<PortalOptions> options)
{
    private const int MaxId = 200, HashLength = 64;

    /// <summary>All files, or every one that cannot be used.</summary>
    /// <exception cref="PortalTrouble">Perhaps they can, the next time.</exception>
    public async Task<Result<IReadOnlyList<FetchedFile>>> FetchAsync(InboundFiling row, FilingContent content, int components, CancellationToken ct)
    {
        var listed = content.Files ?? [];
        if (listed.Count > files.Value.MaxDossierFiles)
            return DossierErrors.DossierFull;
        Error? error = null;
        for (var i = 0; i < listed.Count; i++)
            if (Defect(listed[i], components) is { } defect)
                error = With(error, i, listed[i]?.Name, defect);
        if (error is not null)
            return error;

        var fetched = new List<FetchedFile>();
        for (var i = 0; i < listed.Count; i++)
        {
            var file = await FetchAsync(row, listed[i]!, ct);
            if (file.IsSuccess)
                fetched.Add(file.Value);
            else
                error = With(error, i, listed[i]!.Name, file.Error);
            if (fetched.Sum(f => f.Size) > files.Value.MaxDossierBytes)
                return DossierErrors.DossierFull;
        }

        return error is null ? Result.Of<IReadOnlyList<FetchedFile>>(fetched) : error;
    }

    private static Error? Defect(FilingFile? file, int components) => file switch
    {
        { Id.Length: > 0 and <= MaxId, Sha256: { Length: HashLength } sha } when sha.All(char.IsAsciiHexDigit) =>
            file.Component >= 1 && file.Component <= components
                ? null
                : DossierErrors.UnknownComponent with { Vi = $"Thành phần từ 1 đến {components}.", En = $"The component is 1 to {components}." },
        _ => InboundErrors.BadFile with { Vi = "Thiếu mã tệp hoặc SHA-256.", En = "The id of the file or its SHA-256 is missing." },
    };

    private static Error With(Error? error, int number, string? name, Error defect)
    {
        var prefix = string.IsNullOrWhiteSpace(name) ? "" : $"{name}: ";
        return (error ?? InboundErrors.BadFile).WithField($"TaiLieuNop[{number}]", prefix + defect.Vi, prefix + defect.En);
    }

    private async Task<Result<FetchedFile>> FetchAsync(InboundFiling row, FilingFile wanted, CancellationToken ct)
    {
        IncomingFile? file = null;
        try
        {
            var isThere = await portal.DownloadAsync(
                $"/api/v1/files/{Uri.EscapeDataString(wanted.Id!)}",
                async (stream, token) => file = await store.ReceiveAsync(stream, files.Value.MaxBytes, token), ct);
            if (!isThere || file is null)
                return InboundErrors.BadFile with { Vi = "Cổng không có tệp này.", En = "The portal does not have it." };
            if (!string.Equals(file.Sha256, wanted.Sha256, StringComparison.OrdinalIgnoreCase))
                return await BrokenAsync(row, ct);
            if (file.Type is not { } type)
                return DossierErrors.UnsupportedFile;
            await store.KeepAsync(file, ct);
            return new FetchedFile(wanted.Component!.Value, FileNames.Safe(wanted.Name, type), type, file.Sha256, file.Size);
        }
        catch (ErrorException e) when (e.Error.Code == DossierErrors.FileTooLarge.Code)
        {
            return e.Error;
        }
        finally
        {
            file?.Dispose();
        }
    }

    // Perhaps the line was bad: a few times it is fetched again.
    private async Task<Error> BrokenAsync(InboundFiling row, CancellationToken ct)
    {
        row.BrokenFiles++;
        await db.SaveChangesAsync(ct);
        return row.BrokenFiles >= options.Value.Inbound.FileAttempts
            ? InboundErrors.BadFile with { Vi = "Nội dung tệp không khớp SHA-256.", En = "The content does not have the SHA-256 that was told." }
            : throw new PortalTrouble(new PortalAnswer(PortalOutcome.Unknown, "brokenFile"));
    }
}
