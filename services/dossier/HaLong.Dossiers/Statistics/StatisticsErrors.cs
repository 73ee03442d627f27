using HaLong.ServiceDefaults;

namespace HaLong.Dossiers.Statistics;

/// <summary>What statistics refuse.</summary>
internal static class StatisticsErrors
{
    public static readonly Error NoIndexThatDay = new(ErrorKind.NotFound, "DOS-0801",
        "Không có bộ chỉ số nào có hiệu lực vào ngày này.", "No index is defined for that day.");

    public static readonly Error CountsNotUsable = new(ErrorKind.Validation, "DOS-0802",
        "Số liệu đầu vào chưa hợp lệ.", "The counts are not valid.");

    public static readonly Error NotYours = new(ErrorKind.Forbidden, "DOS-0803",
        "Bạn chỉ được xem số liệu của đơn vị mình và các đơn vị trực thuộc.", "You only see the figures of your unit and of those below it.");
}
