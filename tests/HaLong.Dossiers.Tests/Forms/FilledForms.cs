using System.Text.Json;
using System.Text.Json.Nodes;

namespace HaLong.Dossiers.Tests.Forms;

/// <summary>Forms filled in as people would.</summary>
internal static class FilledForms
{
    private const string PersonStart = """
        {"fullName":"Nguyễn Văn An","birthDate":"1985-04-12","personalNumber":"022085000123","phone":"0912345678","email":"an@example.vn","address":{"unit":"06688","detail":"Tổ 5, khu 2"}
        """;

    private const string Person = PersonStart + "}";

    public const string LandChange = """
        {"owner":{"kind":"individual","fullName":"Nguyễn Văn An","personalNumber":"022085000123","phone":"0912345678","address":{"unit":"06688","detail":"Tổ 5, khu 2"}},
         "certificate":{"issueNumber":"CH 123456","bookNumber":"CS00123","issuedOn":"2015-06-01"},
         "land":{"mapSheet":"34","parcel":"12","area":120.5,"unit":"06688","address":"Tổ 5, khu 2","purpose":"Đất ở tại đô thị"},
         "moreParcels":[{"mapSheet":"34","parcel":"13","area":40}],
         "change":{"kind":"transfer","detail":"Chuyển nhượng toàn bộ thửa đất","document":{"number":"123/2026/HĐCN","date":"2026-10-01","notary":"Văn phòng công chứng Hạ Long"},"price":1500000000,"mortgaged":false},
         "receivers":[{"kind":"individual","name":"Trần Thị Bình","number":"022186000456","address":"Phường Bãi Cháy","share":"1/1"}],
         "financialDuty":"pay","certificateWish":"new","receiving":{"way":"counter"},"pledge":true}
        """;

    public const string Birth = $$"""
        {"applicant":{{PersonStart}},"relation":"father"},
         "child":{"fullName":"NGUYỄN MINH KHÔI","birthDate":"2026-11-02","birthTime":"07:45","sex":"male","ethnicity":"Kinh","nationality":"Việt Nam","birthPlace":{"facility":"Bệnh viện Sản Nhi","unit":"06688"},"homeTown":"Hạ Long, Quảng Ninh"},
         "basis":{"kind":"notice","number":"45/CS","issuedOn":"2026-11-03","electronic":true},
         "motherKnown":true,"mother":{"fullName":"Trần Thị Bình","birthYear":1990,"ethnicity":"Kinh","nationality":"Việt Nam","residence":"Phường Hạ Long"},
         "fatherKnown":false,"copies":2,"receiving":{"way":"post","address":"Tổ 5, khu 2, phường Hạ Long"},"pledge":true}
        """;

    public const string CertifiedCopy = $$"""
        {"applicant":{{Person}},"documents":[{"kind":"degree","title":"Bằng tốt nghiệp đại học","issuer":"Đại học Bách khoa Hà Nội","language":"vi","pages":2,"copies":3}],
         "copyBrought":false,"appointment":"2026-12-03","receiving":{"way":"counter"},"pledge":true}
        """;

    public const string Business = """
        {"owner":{"fullName":"Nguyễn Văn An","birthDate":"1985-04-12","sex":"male","personalNumber":"022085000123","phone":"0912345678","address":{"unit":"06688","detail":"Tổ 5"}},
         "business":{"name":"Hộ kinh doanh Quán Vịnh Xanh","address":{"unit":"06688","detail":"12 Lê Thánh Tông"},"phone":"0912345678","capital":200000000,"workers":3},
         "activities":[{"code":"5610","name":"Nhà hàng và dịch vụ ăn uống","main":true}],"founder":"individual","tax":{"insurance":"quarterly"},
         "receiving":{"way":"online"},"pledgeOne":true,"pledge":true}
        """;

    public const string Construction = """
        {"investor":{"kind":"individual","fullName":"Nguyễn Văn An","personalNumber":"@owner","phone":"0912345678","address":{"unit":"06688","detail":"Tổ 5"}},
         "site":{"mapSheet":"34","parcel":"12","area":120.5,"unit":"06688","address":"Tổ 5, khu 2"},"designer":{"name":"Công ty Thiết kế Vịnh"},
         "work":{"kind":"house","grade":"IV","name":"Nhà ở gia đình","groundArea":80,"floorArea":240,"floors":3,"height":11.5},
         "months":12,"receiving":{"way":"online"},"pledge":true}
        """;

    public static string Of(string form) => form switch
    {
        "land-change" => LandChange,
        "birth-registration" => Birth,
        "certified-copy" => CertifiedCopy,
        "household-business" => Business,
        "construction-permit" => Construction,
        _ => "{}",
    };

    /// <summary>The form with one place changed; a null takes it out.</summary>
    public static JsonElement With(string form, string pointer, string? json)
    {
        var root = JsonNode.Parse(Of(form))!;
        var segments = pointer[1..].Split('/');
        var parent = segments[..^1].Aggregate(root, (node, s) => node is JsonArray array ? array[int.Parse(s, System.Globalization.CultureInfo.InvariantCulture)]! : node[s]!);
        if (json is null)
            parent.AsObject().Remove(segments[^1]);
        else
            parent[segments[^1]] = JsonNode.Parse(json);
        return JsonSerializer.SerializeToElement(root);
    }
}
