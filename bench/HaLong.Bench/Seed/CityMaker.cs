using System.Globalization;
using HaLong.Dossiers.Deadlines;

namespace HaLong.Bench.Seed;

/// <summary>Makes the dossiers of a city, one after the other in the order of filing. The same options make the same city, and any dossier can be made alone.</summary>
internal sealed class CityMaker(City city, SeedOptions options)
{
    private const int OfficersOfUnit = 8, MinutesOfDay = 600;

    private static readonly string[] Matters = ["Cấp giấy chứng nhận lần đầu", "Đăng ký biến động đất đai", "Cấp đổi giấy chứng nhận", "Trích lục hộ tịch", "Cấp phép xây dựng nhà ở", "Đăng ký hộ kinh doanh"];
    private static readonly string[] Channels = ["online", "counter", "assisted"];

    private static readonly DeadlineRules Rules = new() { Regime = "seed", ValidFrom = default, Hours = new WorkingHours(new(new(7, 0), new(11, 30)), new(new(13, 30), new(17, 0))) };

    public IEnumerable<SeedDossier> All() => Enumerable.Range(0, options.Dossiers).Select(Make);

    public SeedDossier Make(int number)
    {
        var dice = new Dice(options.Seed * 0x9E3779B97F4A7C15 ^ (ulong)number * 0xD1B54A32D192ED03);
        var (day, ofDay, perDay) = Place(number);
        var filed = new DateTimeOffset(city.Days[day], new TimeOnly(7, 0), TimeSpan.FromHours(7)).AddSeconds((ofDay * 60.0 * MinutesOfDay / perDay) + dice.Below(20)).ToUniversalTime();
        var demo = number % 20_011 == 7;
        var owner = (ulong)dice.Below(Math.Max(1, options.Dossiers / 3));
        var unit = dice.Pick(city.UnitShares);
        var procedure = city.Procedures[dice.Pick(city.ProcedureShares)];
        var fee = dice.Share() < 0.3 ? 50_000L : 0;
        var made = new SeedDossier
        {
            Id = dice.Id(filed),
            Code = string.Create(CultureInfo.InvariantCulture, $"{(ofDay + 1 > 9999 ? "H49.01" : City.Agency)}-{city.Days[day]:yyMMdd}-{ofDay + 1:0000}"),
            Unit = demo ? city.Units[0] : city.Units[unit],
            Procedure = procedure,
            OwnerId = demo ? City.DemoCitizen : AccountOf(owner, 1),
            OwnerName = demo ? City.DemoCitizenName : PeopleNames.Of(owner),
            Channel = Channels[dice.Pick([0.9, 0.97, 1])],
            Subject = $"{dice.Of(Matters)}, thửa {dice.Below(900)} tờ bản đồ {dice.Below(90)}",
            Data = string.Create(CultureInfo.InvariantCulture, $$"""{"parcel":"{{dice.Below(900)}}","mapSheet":"{{dice.Below(90)}}"}"""),
            Fee = fee,
            FeePaid = dice.Share() < 0.98,
            SubmittedAt = filed,
            ComponentId = dice.Id(filed),
            Status = "SUBMITTED",
            AcceptedAt = null,
            DueAt = null,
            OfficerId = null,
            ApproverId = null,
            ResolvedAt = null,
            ReturnedAt = null,
            ChangedAt = filed,
            WaitUntil = null,
            ResultId = null,
            AskedTwice = false,
            Steps = [],
            Clock = [],
        };
        var officers = demo ? 0 : unit;
        return Life.Live(made, ref dice, city.Now, OfficerOf(officers, dice.Below(OfficersOfUnit)), OfficerOf(officers, OfficersOfUnit), Due);
    }

    /// <summary>The working day of the n-th dossier, which of this day it is, and how many this day has.</summary>
    private (int Day, int OfDay, int PerDay) Place(int number)
    {
        long days = city.Days.Count, all = options.Dossiers;
        var day = (int)(number * days / all);
        var (first, next) = ((int)(((day * all) + days - 1) / days), (int)((((day + 1) * all) + days - 1) / days));
        return (day, number - first, next - first);
    }

    private Guid OfficerOf(int unit, int desk) => desk == 0 && city.Units[unit].Code == City.DemoUnit ? City.DemoOfficer : AccountOf((ulong)((unit * 100) + desk), 2);

    private static Guid AccountOf(ulong number, ulong kind) => new Dice((number * 4) + kind).Id(new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero));

    private DateTimeOffset Due(TimeLimit limit, DateTimeOffset accepted) => DeadlineEngine.Evaluate(limit, accepted, city.Calendar, Rules).DueAt!.Value;
}
