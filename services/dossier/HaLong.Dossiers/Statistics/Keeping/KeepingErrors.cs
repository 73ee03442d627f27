using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics.Keeping;

/// <summary>What keeping statistics refuses.</summary>
internal static class KeepingErrors
{
    public static readonly Error Rebuilding = new(ErrorKind.Conflict, "DOS-0810",
        "Số liệu thống kê đang được lập lại.", "Statistics are being made anew already.");
}
