using System.Text.Json.Nodes;
using Npgsql;
using NpgsqlTypes;

namespace HaLong.Bench.Catalogue;

/// <summary>
/// Fills a catalogue up to a number of procedures with variants of those it has: other codes, names with places and objects, always the same.
/// They are told by their hash and taken away afterwards.
/// </summary>
internal sealed class CatalogueVariants(string connection)
{
    private const string Mark = "bench";

    private static readonly string[] Objects =
    [
        "nuôi trồng thủy sản", "tàu du lịch", "cơ sở lưu trú", "vận tải hành khách", "khai thác than", "cảng thủy nội địa", "nhà hàng nổi", "vùng nuôi cá lồng", "chợ hải sản", "bến xe",
        "rừng phòng hộ", "công trình ngầm", "trạm xăng dầu", "nhà thuốc", "phòng khám đa khoa", "lớp mầm non", "sân bóng", "bãi tắm", "di tích lịch sử", "lễ hội truyền thống",
    ];

    private static readonly string[] Places =
    [
        "Hồng Gai", "Bãi Cháy", "Hà Lầm", "Cao Xanh", "Hà Tu", "Tuần Châu", "Việt Hưng", "Hoành Bồ", "Quảng La", "Thống Nhất", "Vân Đồn", "Cô Tô", "Uông Bí", "Đông Triều", "Móng Cái",
    ];

    /// <summary>The name of a variant: the same number always makes the same name.</summary>
    public static string Name(string original, int number)
    {
        var head = original.Length <= 160 ? original : original[..160].TrimEnd();
        return $"{head} đối với {Objects[number % Objects.Length]} tại {Places[number / Objects.Length % Places.Length]} (nhóm {(number / (Objects.Length * Places.Length)) + 1})";
    }

    public static string Code(int number) => $"9.{number:000000}";

    /// <summary>Adds variants until there are so many procedures in force; gives their number.</summary>
    public async Task<int> FillAsync(int upTo)
    {
        await RemoveAsync();
        await using var open = await OpenAsync();
        var originals = new List<(string Content, DateOnly From)>();
        await using (var read = new NpgsqlCommand("SELECT content::text, valid_from FROM procedure WHERE valid_to IS NULL ORDER BY code", open))
        await using (var rows = await read.ExecuteReaderAsync())
        {
            while (await rows.ReadAsync())
            {
                originals.Add((rows.GetString(0), rows.GetFieldValue<DateOnly>(1)));
            }
        }

        var contents = originals.ConvertAll(o => JsonNode.Parse(o.Content)!);
        await using (var copy = await open.BeginBinaryImportAsync("COPY procedure (id, code, name_vi, name_en, field, level, content, content_hash, valid_from) FROM STDIN (FORMAT BINARY)"))
        {
            for (var n = 0; n < upTo - originals.Count; n++)
            {
                var item = contents[n % contents.Count].DeepClone().AsObject();
                (item["code"], item["nameVi"], item["shortNameVi"]) = (Code(n), Name(item["nameVi"]!.GetValue<string>(), n), null);
                await copy.StartRowAsync();
                await copy.WriteAsync(Guid.CreateVersion7());
                await copy.WriteAsync(Code(n));
                await copy.WriteAsync(item["nameVi"]!.GetValue<string>());
                await copy.WriteAsync(item["nameEn"]!.GetValue<string>());
                await copy.WriteAsync(item["field"]!["code"]!.GetValue<string>());
                await copy.WriteAsync(item["level"]!["since20250701"]!.GetValue<string>());
                await copy.WriteAsync(item.ToJsonString(), NpgsqlDbType.Jsonb);
                await copy.WriteAsync(Mark);
                await copy.WriteAsync(originals[n % originals.Count].From);
            }

            await copy.CompleteAsync();
        }

        await ChangedAsync(open);
        return upTo;
    }

    public async Task RemoveAsync()
    {
        await using var open = await OpenAsync();
        await using var delete = new NpgsqlCommand($"DELETE FROM procedure WHERE content_hash = '{Mark}'", open);
        await delete.ExecuteNonQueryAsync();
        await ChangedAsync(open);
    }

    // Tells every replica that its index is out of date.
    private static async Task ChangedAsync(NpgsqlConnection open)
    {
        await using var raise = new NpgsqlCommand("UPDATE catalogue_stamp SET revision = revision + 1", open);
        await raise.ExecuteNonQueryAsync();
    }

    private async Task<NpgsqlConnection> OpenAsync()
    {
        var opened = new NpgsqlConnection(connection);
        await opened.OpenAsync();
        return opened;
    }
}
