using System.Diagnostics.Metrics;
using HaLong.Dossiers.Domain;

namespace HaLong.Dossiers.Files;

/// <summary>
/// Metrics of files: <c>dossier.upload_pieces</c>, <c>dossier.upload_piece_bytes</c>, <c>dossier.uploads_open</c>, <c>dossier.uploads_open_bytes</c>,
/// <c>dossier.preflight_checks</c> by check and outcome, <c>dossier.preflight_waiting</c>, <c>dossier.preflight_oldest_age</c>,
/// <c>dossier.scan_failures</c>, <c>dossier.sandbox_deaths</c>.
/// </summary>
internal sealed class FileTelemetry
{
    private readonly Counter<long> pieces, pieceBytes, checks, scanFailures, sandboxDeaths;
    private volatile FileFigures figures = new(0, 0, 0, 0);

    public FileTelemetry(IMeterFactory factory)
    {
        var meter = factory.Create("HaLong.Dossier");
        pieces = meter.CreateCounter<long>("dossier.upload_pieces");
        pieceBytes = meter.CreateCounter<long>("dossier.upload_piece_bytes", "By");
        checks = meter.CreateCounter<long>("dossier.preflight_checks");
        scanFailures = meter.CreateCounter<long>("dossier.scan_failures");
        sandboxDeaths = meter.CreateCounter<long>("dossier.sandbox_deaths");
        meter.CreateObservableGauge("dossier.uploads_open", () => figures.Uploads);
        meter.CreateObservableGauge("dossier.uploads_open_bytes", () => figures.UploadBytes, "By");
        meter.CreateObservableGauge("dossier.preflight_waiting", () => figures.Waiting);
        meter.CreateObservableGauge("dossier.preflight_oldest_age", () => figures.OldestSeconds, "s");
    }

    public void PieceReceived(long bytes)
    {
        pieces.Add(1);
        pieceBytes.Add(bytes);
    }

    public void Looked(IEnumerable<PreflightCheck> found)
    {
        foreach (var check in found)
            checks.Add(1, new KeyValuePair<string, object?>("check", check.Code), new KeyValuePair<string, object?>("outcome", check.Outcome));
    }

    public void ScanFailed() => scanFailures.Add(1);

    public void SandboxDied() => sandboxDeaths.Add(1);

    public void Show(FileFigures now) => figures = now;
}

/// <summary>How much is under way.</summary>
/// <param name="Uploads">Unfinished or not attached yet.</param>
/// <param name="UploadBytes">Bytes of them that have arrived.</param>
/// <param name="Waiting">Documents that are to be looked at.</param>
/// <param name="OldestSeconds">How long the oldest of them has waited.</param>
internal sealed record FileFigures(long Uploads, long UploadBytes, long Waiting, double OldestSeconds);
