namespace HaLong.PartnerLab.Vneid;

/// <summary>A person who has an electronic identity here. All made up.</summary>
/// <param name="Subject">Name of the person towards clients.</param>
/// <param name="Level">1 self-registered, 2 verified in person.</param>
/// <param name="Kind">1 citizen, 2 enterprise, 3 organisation.</param>
/// <param name="Claims">What the national portal would tell about them.</param>
internal sealed record TestPerson(string Subject, int Level, int Kind, IReadOnlyDictionary<string, string> Claims)
{
    public string Name => Claims.GetValueOrDefault("HoVaTen", Subject);
}

/// <summary>Who can be picked on the sign-in page; more can be added for a test.</summary>
internal sealed class People
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, TestPerson> people = new(StringComparer.Ordinal);

    public People()
    {
        Add(Citizen("vneid-hanh", 2, "022185000123", "Nguyễn Thị Hạnh", "1985-03-14", "Nữ", "0901000001"));
        Add(Citizen("vneid-minh", 2, "022085000124", "Phạm Quang Minh", "1985-06-02", "Nam", "0912000124"));
        Add(Citizen("vneid-lan", 2, "022186000456", "Vũ Thị Lan", "1986-11-20", "Nữ", "0912000456"));
        Add(Citizen("vneid-duc", 1, "022203004567", "Lê Anh Đức", "2003-01-09", "Nam", "0912004567"));
        Add(new TestPerson("vneid-company", 2, 2, new Dictionary<string, string>
        {
            ["HoVaTen"] = "Công ty TNHH Thử Nghiệm",
            ["TenDoanhNghiep"] = "Công ty TNHH Thử Nghiệm",
            ["MaSoThue"] = "5700100009",
            ["MaSoDoanhNghiep"] = "5700100009",
            ["TechID"] = "TECH-5700100009",
            ["NguoiDaiDien"] = "Nguyễn Văn Đại",
        }));
    }

    public IReadOnlyList<TestPerson> All
    {
        get
        {
            lock (gate)
                return [.. people.Values];
        }
    }

    public TestPerson? Find(string subject)
    {
        lock (gate)
            return people.GetValueOrDefault(subject);
    }

    public void Add(TestPerson person)
    {
        lock (gate)
            people[person.Subject] = person;
    }

    // Everything the real one gives, needed or not: that nothing more than needed is kept can only be shown where more is offered.
    public static TestPerson Citizen(string subject, int level, string number, string name, string birthDate, string sex, string phone) => new(subject, level, 1, new Dictionary<string, string>
    {
        ["SoDinhDanh"] = number,
        ["SoCMND"] = "100" + number[6..],
        ["HoVaTen"] = name,
        ["NgayThangNamSinh"] = birthDate,
        ["GioiTinh"] = sex,
        ["SoDienThoai"] = phone,
        ["ThuDienTu"] = subject + "@vneid.example",
        ["DanToc"] = "Sán Dìu",
        ["TonGiao"] = "Phật giáo",
        ["QuocTich"] = "Việt Nam",
        ["QueQuan"] = "Xã Quê Giả Định",
        ["NoiDangKyKhaiSinh"] = "Phường Sinh Giả Định",
        ["ThuongTru"] = "Tổ 9 khu Thử Nghiệm",
        ["NoiOHienNay"] = "Tổ 9 khu Thử Nghiệm",
        ["Cha"] = "Ông Cha Giả Định",
        ["Me"] = "Bà Mẹ Giả Định",
        ["VoChong"] = "Người Bạn Đời Giả Định",
        ["ChuHo"] = "Chủ Hộ Giả Định",
        ["MaBHXH"] = "BHXH0123456789",
        ["HoChieu"] = "B1234567",
    });
}
