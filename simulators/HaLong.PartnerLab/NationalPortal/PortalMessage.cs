using System.Text.Json;

namespace HaLong.PartnerLab.NationalPortal;

/// <summary>A message of the city about a dossier.</summary>
/// <param name="Id">X-Message-Id.</param>
/// <param name="Code">MaHoSo.</param>
/// <param name="Kind">dossier, progress or status.</param>
/// <param name="Status">TrangThaiHoSo or TrangThai.</param>
/// <param name="Hash">SHA-256 of the body, lower-case hexadecimal.</param>
/// <param name="Body">The message.</param>
internal sealed record PortalMessage(Guid Id, string Code, string Kind, int Status, string Hash, JsonElement Body)
{
    public const string Dossier = "dossier", Progress = "progress", OfStatus = "status";

    public string? Text(string name) => Body.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

/// <summary>What a message did.</summary>
/// <param name="MessageId">Which.</param>
/// <param name="Kind">dossier, progress or status.</param>
/// <param name="Status">The state that the portal shows since then.</param>
/// <param name="Hash">Of the body.</param>
/// <param name="At">When.</param>
internal sealed record PortalEffect(Guid MessageId, string Kind, int Status, string Hash, DateTimeOffset At);

/// <summary>A dossier as the portal shows it; names as in its interface.</summary>
internal sealed record PortalDossier(
    string MaHoSo, int TrangThaiHoSo, string? NgayTiepNhan, string? NgayHenTra, string? NgayKetThucXuLy, string? PayloadHash, DateTimeOffset ThoiDiem);

/// <summary>Where a message stands.</summary>
internal static class PortalMessageState
{
    public const string Pending = "pending", Applied = "applied", Rejected = "rejected";
}
