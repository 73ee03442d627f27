namespace HaLong.Cli.Demo;

/// <summary>What people of a city come for: a procedure of the catalogue and how a dossier about it is called.</summary>
/// <param name="Code">Of the procedure; one that has the general form, so that no field of an own form has to be made up.</param>
/// <param name="Subject">With a number for what is told apart by one: a parcel, a house.</param>
/// <param name="IsFree">Nothing is to be paid before it can be decided.</param>
/// <param name="IsOnline">Citizens file it from home, too.</param>
internal sealed record DemoMatter(string Code, string Subject, bool IsFree, bool IsOnline = true)
{
    /// <summary>As often as they stand here.</summary>
    public static readonly IReadOnlyList<DemoMatter> All =
    [
        new("1.013949", "Chuyển mục đích sử dụng đất, thửa số {0}, tờ bản đồ số 27", true),
        new("1.013949", "Giao đất ở, thửa số {0}, tờ bản đồ số 12", true),
        new("1.000894", "Đăng ký kết hôn, tờ khai số {0}", true),
        new("1.013967", "Giải quyết tranh chấp ranh giới thửa đất số {0}", true),
        new("1.013979", "Hiến đất làm đường, thửa số {0}", true),
        new("1.011607", "Công nhận hộ cận nghèo, hộ số {0}", true, IsOnline: false),
        new("1.001622", "Hỗ trợ ăn trưa cho trẻ mẫu giáo, mã học sinh {0}", true),
        new("2.000635", "Cấp bản sao trích lục khai sinh số {0}", false),
        new("1.004194", "Đăng ký tạm trú tại số nhà {0}", false),
        new("1.004222", "Đăng ký thường trú tại số nhà {0}", false),
    ];
}
