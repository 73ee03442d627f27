namespace HaLong.Bench.Catalogue;

/// <summary>What people type, by kind.</summary>
internal static class CatalogueQueries
{
    public static readonly IReadOnlyDictionary<string, string[]> ByKind = new Dictionary<string, string[]>
    {
        ["words"] =
        [
            "đăng ký khai sinh", "dang ky ket hon", "giấy phép xây dựng", "giay chung nhan quyen su dung dat", "hộ kinh doanh", "thường trú", "chứng thực chữ ký", "tàu du lịch bãi cháy",
            "birth registration", "building permit", "khai thác than hà tu", "đăng ký",
        ],
        ["codes"] = ["1.013978", "1013978", "9.0012", "2.000815", "013831"],
        ["events"] = ["sinh con", "mua đất", "kết hôn", "mở quán", "làm sổ đỏ", "xây nhà", "sao y bản chính", "mat so do"],
        ["typos"] = ["dang ky kahi sinh", "khia sinh", "giay phep xay dungj", "mariage registartion", "hoo kinh doanhh", "tau du lihc bai chya", "trứng thực chữ ký", "nuoi trogn thuy san"],
        ["nothing"] = ["qqqq zzzz wwww", "khongcothutucnay"],
        ["filters"] = ["&field=LAND&level=province", "&subject=organisation&online=unknown", "&lifeEvent=BUY_LAND", "đất&field=LAND"],
        ["unfinished"] = ["đăng k", "giấy ch", "tàu du l", "cấp l", "hồ"],
    };

    public static string Path(string query)
    {
        var filters = query.IndexOf('&', StringComparison.Ordinal);
        var (words, rest) = filters < 0 ? (query, "") : (query[..filters], query[filters..]);
        return $"/api/v1/procedures?limit=20&q={Uri.EscapeDataString(words)}{rest}";
    }
}
