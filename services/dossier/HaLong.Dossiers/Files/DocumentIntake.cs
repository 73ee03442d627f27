using HaLong.Dossiers.Documents;
using HaLong.Dossiers.Domain;
using HaLong.Dossiers.Features;
using HaLong.Dossiers.Files.Sandbox;
using HaLong.Dossiers.Files.Uploads;
using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Files;

/// <summary>A file in the store that is to become a document.</summary>
/// <param name="UploadIds">Finished uploads that it came from.</param>
internal sealed record TakenIn(FileType Type, string Sha256, long Size, string FileName, IReadOnlyList<Guid> UploadIds);

/// <summary>Makes one stored file of what a request carries: a file, a finished upload, or several photos, which are joined.</summary>
internal sealed class DocumentIntake(FileStore store, UploadDesk uploads, UploadFinisher finisher, SandboxPool sandbox)
{
    public const int MaxPhotos = 30;

    private sealed record Part(FileType? Type, string Sha256, long Size, string? Name, IncomingFile? File);

    public async Task<Result<TakenIn>> TakeAsync(ReceivedForm form, CancellationToken ct)
    {
        var parts = form.Files.Select(f => new Part(f.File.Type, f.File.Sha256, f.File.Size, f.Name, f.File)).ToList();
        foreach (var id in form.UploadIds)
        {
            var upload = await FinishedAsync(id, ct);
            if (!upload.IsSuccess)
                return upload.Error;
            parts.Add(upload.Value);
        }
        if (parts.Count == 0 || parts.Exists(p => p.Size == 0))
            return DossierErrors.BadUpload;
        if (parts.Count > MaxPhotos)
            return FileErrors.TooManyFiles.Format(MaxPhotos);
        if (parts.Exists(p => p.Type is null))
            return DossierErrors.UnsupportedFile;
        if (parts.Count > 1 || form.Join)
            return parts.Exists(p => p.Type == FileType.Pdf) ? FileErrors.OnlyPhotosJoin : await JoinAsync(parts, form.UploadIds, ct);
        var part = parts[0];
        if (part.File is not null)
            await store.KeepAsync(part.File, ct);
        return new TakenIn(part.Type!, part.Sha256, part.Size, FileNames.Safe(part.Name, part.Type!), form.UploadIds);
    }

    private async Task<Result<Part>> FinishedAsync(Guid id, CancellationToken ct)
    {
        var taken = await uploads.TakeAsync(id, ct);
        if (!taken.IsSuccess)
            return taken.Error;
        if (!taken.Value.IsComplete)
            return FileErrors.UploadUnfinished;
        return await finisher.FinishAsync(taken.Value, ct) is { Sha256: { } sha } whole
            ? new Part(FileType.OfMedia(whole.MediaType), sha, whole.Length, whole.FileName, null)
            : FileErrors.UploadNotFound;
    }

    private async Task<Result<TakenIn>> JoinAsync(List<Part> parts, IReadOnlyList<Guid> uploadIds, CancellationToken ct)
    {
        var output = store.NewPath();
        var local = new List<LocalFile>();
        try
        {
            foreach (var part in parts)
                local.Add(part.File is { } file ? new LocalFile(file.Path, null) : await store.LocalAsync(part.Sha256, ct));
            var answer = await sandbox.JoinAsync(local.ConvertAll(l => l.Path), output, ct);
            if (answer.BadPhoto is { } number)
                return FileErrors.BadPhoto.Format(number);
            if (answer.Pages != parts.Count)
                return FileErrors.PhotosUnavailable;
            using var joined = await store.AdoptAsync(output, ct);
            await store.KeepAsync(joined, ct);
            return new TakenIn(FileType.Pdf, joined.Sha256, joined.Size, FileNames.Safe(parts[0].Name, FileType.Pdf), uploadIds);
        }
        finally
        {
            local.ForEach(l => l.Dispose());
            File.Delete(output);
        }
    }
}
