namespace HaLong.Bench.Seed;

/// <summary>Names as they are common in the country: a third of all people are called Nguyễn.</summary>
internal static class PeopleNames
{
    private static readonly string[] Families = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Bùi", "Đỗ", "Đặng", "Ngô", "Dương", "Đinh", "Phan", "Lương", "Tạ", "Mai", "Lưu", "Cao", "Quách", "Từ"];

    private static readonly double[] FamilyShares = Sums(33, 11, 9, 8, 6, 5, 4, 4, 3, 3, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1);

    private static readonly string[] Middles =
        ["Thị", "Văn", "Đức", "Minh", "Thị Thu", "Thị Hồng", "Hữu", "Quang", "Xuân", "Ngọc", "Thị Bích", "Thanh", "Công", "Tiến", "Thế", "Thị Kim", "Đình", "Thị Phương", "Hải", "Khánh"];

    private static readonly string[] Given =
    [
        "An", "Anh", "Bình", "Chi", "Cường", "Dung", "Dũng", "Duyên", "Đạt", "Giang", "Hà", "Hải", "Hạnh", "Hằng", "Hiếu", "Hoa", "Hòa", "Hùng", "Huyền", "Hương", "Khánh", "Khuê", "Lan", "Linh",
        "Loan", "Long", "Mai", "Mạnh", "Minh", "My", "Nam", "Nga", "Ngân", "Nghĩa", "Nhung", "Oanh", "Phong", "Phúc", "Phương", "Quân", "Quỳnh", "Sơn", "Tâm", "Thảo", "Thắng", "Thủy", "Trang", "Trung",
        "Tú", "Tuấn", "Tuyết", "Uyên", "Vân", "Việt", "Vinh", "Xuyến", "Yến",
    ];

    /// <summary>The same number is always the same person.</summary>
    public static string Of(ulong person)
    {
        var dice = new Dice(person * 31);
        return $"{Families[dice.Pick(FamilyShares)]} {dice.Of(Middles)} {dice.Of(Given)}";
    }

    public static double[] Sums(params double[] shares)
    {
        for (var i = 1; i < shares.Length; i++)
        {
            shares[i] += shares[i - 1];
        }

        return shares;
    }
}
