using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Filing.Keys;
using HaLong.Dossiers.Persistence;
using HaLong.ServiceDefaults;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;

namespace HaLong.Dossiers.Archive;

/// <summary>
/// Writes a closed dossier as one ZIP: metadata, summary, the signed receipt, every file, and a signed list of what is in it. Written whole to the
/// waiting room first: who fetches it gets all of it or an error, never a half.
/// </summary>
internal sealed class ArchiveWriter(DossierDbContext db, FileStore store, Signer signer, ArchiveMetadata metadata, IOptions<DossierOptions> options, TimeProvider time)
{
    /// <summary>The path of the ZIP; whoever asked removes it.</summary>
    /// <param name="dossier">The dossier.</param>
    /// <param name="inside">True for the agency's copy, with what officials wrote among themselves.</param>
    /// <param name="ct">Stops the work.</param>
    /// <exception cref="InvalidDataException">A file is lost, or is not what it was.</exception>
    public async Task<string> WriteAsync(Dossier dossier, bool inside, CancellationToken ct)
    {
        using var activity = DossierTelemetry.Source.StartActivity("write archive");
        activity?.SetTag("dossier.id", dossier.Id);
        var path = store.NewPath();
        try
        {
            await StorageTrouble.GuardAsync(async () =>
            {
                await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, System.IO.FileOptions.Asynchronous);
                await using var zip = await ZipArchive.CreateAsync(file, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, ct);
                await FillAsync(new Packer(zip, dossier.ClosedAt ?? dossier.UpdatedAt), dossier, inside, ct);
            });
            return path;
        }
        catch
        {
            File.Delete(path);
            throw;
        }
    }

    private async Task FillAsync(Packer packer, Dossier dossier, bool inside, CancellationToken ct)
    {
        var files = ArchivedFile.Of(await db.Documents.AsNoTracking().Where(d => d.DossierId == dossier.Id).ToListAsync(ct), inside);
        var steps = await db.Timeline.AsNoTracking().Where(t => t.DossierId == dossier.Id).OrderBy(t => t.Step).ToListAsync(ct);
        await packer.AddAsync("metadata.json", await metadata.WriteAsync(dossier, files, inside, ct), ct);
        await packer.AddAsync("summary.pdf", ArchiveSheet.Render(dossier, steps, files, dossier.ClosedAt ?? dossier.UpdatedAt), ct);
        if (await db.SubmissionReceipts.AsNoTracking().SingleOrDefaultAsync(r => r.DossierId == dossier.Id, ct) is { } receipt)
            await packer.AddAsync("submission-receipt.jws", Encoding.ASCII.GetBytes(receipt.Jws), ct);
        foreach (var (name, document) in files)
        {
            if (!await store.ExistsAsync(document.Sha256, ct))
                throw new InvalidDataException($"Document {document.Id} of dossier {dossier.Id} is lost.");
            await using var content = await store.OpenAsync(document.Sha256, ct);
            if (await packer.AddAsync(name, content, ct) != document.Sha256)
                throw new InvalidDataException($"Document {document.Id} of dossier {dossier.Id} is not what it was.");
        }
        var now = time.GetUtcNow();
        var manifest = new ArchiveManifest(options.Value.PublicUrl.TrimEnd('/'), now.ToUnixTimeSeconds(), dossier.Id, dossier.Code!, [.. packer.Entries]);
        await packer.AddAsync("manifest.json", JsonSerializer.SerializeToUtf8Bytes(manifest, ArchiveMetadata.Json), ct);
        await packer.AddAsync("manifest.jws", Encoding.ASCII.GetBytes(await signer.SignAsync(ArchiveManifest.Type, manifest, ct)), ct);
    }

    /// <summary>Puts entries into the ZIP and remembers what each hashes to.</summary>
    private sealed class Packer(ZipArchive zip, DateTimeOffset at)
    {
        private readonly List<ArchiveEntry> entries = [];

        public IReadOnlyList<ArchiveEntry> Entries => entries;

        public Task<string> AddAsync(string name, byte[] content, CancellationToken ct) => AddAsync(name, new MemoryStream(content, writable: false), ct);

        public async Task<string> AddAsync(string name, Stream content, CancellationToken ct)
        {
            var entry = zip.CreateEntry(name, CompressionLevel.Fastest);
            entry.LastWriteTime = TimeZoneInfo.ConvertTime(at, LocalTime.Zone);
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var buffer = new byte[64 * 1024];
            var size = 0L;
            await using (var target = await entry.OpenAsync(ct))
            {
                for (int read; (read = await content.ReadAsync(buffer, ct)) > 0; size += read)
                {
                    hash.AppendData(buffer, 0, read);
                    await target.WriteAsync(buffer.AsMemory(0, read), ct);
                }
            }
            var sha = Convert.ToHexStringLower(hash.GetHashAndReset());
            entries.Add(new ArchiveEntry(name, size, sha));
            return sha;
        }
    }
}

/// <summary>What lies in an archive; signed as JWS with this type.</summary>
/// <param name="Iss">The platform.</param>
/// <param name="Iat">When it was written, seconds since 1970.</param>
internal sealed record ArchiveManifest(string Iss, long Iat, Guid Dossier, string Code, IReadOnlyList<ArchiveEntry> Files)
{
    /// <summary>Header typ.</summary>
    public const string Type = "halong-archive+jwt";
}

/// <summary>One entry of an archive.</summary>
internal sealed record ArchiveEntry(string Name, long Size, string Sha256);
