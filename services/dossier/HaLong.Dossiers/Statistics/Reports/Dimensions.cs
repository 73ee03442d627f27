using System.Collections.Frozen;
using HaLong.Dossiers.Statistics.Cubes;

namespace HaLong.Dossiers.Statistics.Reports;

/// <summary>What rows of reports can be, by the names of the interface.</summary>
internal static class Dimensions
{
    public static readonly FrozenDictionary<string, Dimension> All = new Dictionary<string, Dimension>
    {
        ["unit"] = Dimension.Unit,
        ["level"] = Dimension.Level,
        ["procedure"] = Dimension.Procedure,
        ["field"] = Dimension.Field,
        ["source"] = Dimension.Source,
        ["hand"] = Dimension.Hand,
        ["helper"] = Dimension.HelperUnit,
        ["month"] = Dimension.Month,
    }.ToFrozenDictionary();

    /// <summary>What the column of the rows' names is called.</summary>
    public static (string Vi, string En) Title(Dimension dimension) => dimension switch
    {
        Dimension.Unit => ("Đơn vị", "Unit"),
        Dimension.Level => ("Cấp", "Level"),
        Dimension.Procedure => ("Thủ tục hành chính", "Procedure"),
        Dimension.Field => ("Lĩnh vực", "Field"),
        Dimension.Source => ("Nguồn tiếp nhận", "Source"),
        Dimension.Hand => ("Người nộp", "Filed by"),
        Dimension.HelperUnit => ("Đơn vị hỗ trợ", "Helping unit"),
        _ => ("Tháng", "Month"),
    };
}
