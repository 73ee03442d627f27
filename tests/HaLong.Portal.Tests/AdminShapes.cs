namespace HaLong.Portal.Tests;

internal static partial class AdminSamples
{
    public static object List(params object[] items) => new { items, after = "next" };

    public static object Draft(string state, params Guid[] editors) => new
    {
        id = Id,
        code = "1.013831",
        state,
        repeal = false,
        validFrom = "2027-01-01",
        note = "Giảm giấy tờ",
        createdAt = Now,
        updatedAt = Now,
        editors = editors.Length == 0 ? [Other] : editors,
        defects = new[] { new { path = "fees[0].rule", message = "còn thiếu" } },
        content = new
        {
            code = "1.013831",
            nameVi = "Đăng ký biến động",
            nameEn = "Registration of change",
            field = new { code = "LAND", vi = "Đất đai", en = "Land" },
            level = new { y2023 = "district", since20250701 = "commune" },
            competentAgency = new { y2023 = "landRegistryBranch", since20250701 = "landRegistryBranch" },
            subjects = new[] { "citizen" },
            components = new[] { new { nameVi = "Đơn", nameEn = "Form", required = true, originals = 1, copies = 0, reuse = new { fromStore = true } } },
            timeLimit = new { value = 18, unit = "workingDay", note = "Theo cổng" },
            fees = new[] { new { kind = "phi", nameVi = "Phí thẩm định", amountVnd = 100000, rule = "NQ 1", channel = "any" } },
            onlineLevel = "full",
            channels = new[] { "online" },
            legalBasis = new[] { "31/2024/QH15" },
            sourceNote = "giữ nguyên",
        },
    };

    public static object Template(string state, params Guid[] editors) => new
    {
        id = Id,
        kind = "dossier-accepted",
        state,
        basedOn = 3,
        note = "Rõ hơn",
        editors = editors.Length == 0 ? [Other] : editors,
        createdAt = Now,
        updatedAt = Now,
        contentHash = "x",
        content = Texts,
        defects = new[] { new { path = "en.sms", message = "còn thiếu" } },
    };

    public static object Grant(Guid? by = null) => new
    {
        id = Id,
        accountId = Other,
        displayName = "Trần Thị Hoa",
        unit = Unit,
        title = "Phó Chủ tịch",
        roles = new[] { "approver" },
        validFrom = "2026-12-01",
        state = "pending",
        requestedBy = by ?? Other,
        requestedAt = Now,
        expiresAt = Now,
    };

    public static object Client(bool disabled = false) => new
    {
        clientId = "acme",
        name = "Bưu điện tỉnh",
        type = "confidential",
        authentication = "secret",
        grant = "clientCredentials",
        scopes = new[] { "halong.events" },
        redirectUris = Array.Empty<string>(),
        postLogoutRedirectUris = Array.Empty<string>(),
        keyIds = Array.Empty<string>(),
        managedBy = "administrators",
        disabled,
        createdAt = Now,
        version = 7,
        contactEmail = "it@example.vn",
    };

    public static object Destruction(string state = "proposed", Guid? by = null) => new
    {
        id = Id,
        unit = "06658",
        state,
        legalBasis = "Điều 1",
        count = 1,
        proposedBy = by ?? Other,
        proposedAt = Now,
        minutes = state == "executed" ? $"/api/v1/admin/destruction-lists/{Id}/minutes" : null,
        version = 7,
    };

    public static object Reform(Guid? by = null, bool applicable = false) => new
    {
        id = Id,
        state = "draft",
        effective = "2027-07-01",
        legalBasis = "Nghị quyết 1",
        submittedBy = by ?? Other,
        submittedAt = Now,
        report = new
        {
            applicable,
            effective = "2027-07-01",
            ended = new[] { "06658@2025-07-01" },
            created = new[] { "06700@2027-07-01" },
            transitions = 1,
            placesOpened = 1,
            placesClosed = 1,
            splits = new[] { new { unitId = "06658@2025-07-01", targets = new[] { "06700", "06701" }, staff = 3, choice = (string?)null } },
            moves = new[] { new { assignmentId = Id, accountId = Other, from = "06658@2025-07-01", to = "06700", how = "automatic" } },
            grantsWithdrawn = 0,
            faults = new[] { new { code = "gap", subject = "06658", vi = "Thiếu nơi kế thừa", en = "No successor" } },
            warnings = Array.Empty<object>(),
        },
        version = 7,
    };

    private static object Request => new
    {
        id = Id,
        kind = "correct",
        state = "received",
        regime = "2026",
        receivedAt = Now,
        acknowledgeBy = Now,
        completeBy = Now,
        version = 7
    };

    private static object Provider => new
    {
        name = "sms-main",
        channel = "sms",
        isOn = true,
        mode = "enabled",
        configuredWeight = 1.0,
        weight = 0.5,
        attempts = 10,
        bad = 5,
        circuitOpen = true
    };

    private static object Changes => new
    {
        from = Other,
        to = Id,
        changes = new[] { new { path = "nameVi", label = "Tên", kind = "changed", before = "Cũ", after = "Mới" } }
    };

    private static object Version(Guid id, string state) => new { versionId = id, state, validFrom = "2026-01-01", name = "Đăng ký biến động", contentHash = "x" };

    private static object UnitVersion => new
    {
        id = "06658@2025-07-01",
        code = "06658",
        nameVi = "Phường Hồng Gai",
        shortNameVi = "Hồng Gai",
        nameEn = "Hong Gai ward",
        kind = "ward",
        level = "commune",
        parentCode = "22",
        validFrom = "2025-07-01"
    };

    private static object Story => new
    {
        unit = UnitVersion,
        formedFromVi = new[] { "Phường cũ" },
        agencyCodes = Array.Empty<object>(),
        successors = Array.Empty<object>(),
        version = 7,
        predecessors = new[] { new { unit = Unit, kind = "merge", part = true, automatic = false, confirmed = true, effective = "2025-07-01",
            legalBasis = "NQ 1679" } },
    };

    private static object Member => new
    {
        id = Other,
        kind = "official",
        userName = "hoa",
        displayName = "Trần Thị Hoa",
        language = "vi",
        closed = false,
        hasPassword = false,
        createdAt = Now,
        grants = new[] { Grant() },
        assignments = new[] { new { id = Id, unit = Unit, title = "Chuyên viên", roles = new[] { "officer" }, validFrom = "2026-01-01", primary = true,
            version = 5 } },
    };

    private static object Texts => new
    {
        variables = new[] { "code" },
        vi = new
        {
            inApp = new { title = "Hồ sơ {{code}}", body = "Đã tiếp nhận" },
            email = new { subject = "Hồ sơ {{code}}", text = new[] { "Một", "Hai" }, html = new[] { "<p>Một</p>" } },
            sms = "Hạ Long: {{code}}",
            push = new { title = "Hồ sơ", body = "Đã nhận" },
            zalo = new { templateId = "12", parameters = new { MaHoSo = "{{code}}" } }
        },
        en = new
        {
            inApp = new { title = "Dossier {{code}}", body = "Accepted" },
            email = new { subject = "Dossier {{code}}", text = new[] { "One" }, html = new[] { "<p>One</p>" } },
            sms = "Ha Long: {{code}}",
            push = new { title = "Dossier", body = "Accepted" }
        },
    };

    private static object Preview => new
    {
        kind = "dossier-accepted",
        vi = new
        {
            inApp = new { title = "Hồ sơ H49", body = "Đã tiếp nhận" },
            email = new { subject = "Hồ sơ H49", text = "Một", html = "<p>Một</p>" },
            sms = new { text = "Ho so H49", encoding = "gsm7", characters = 9, units = 9, parts = 1 },
            push = new { title = "Hồ sơ", body = "Đã nhận", url = "/" },
            zalo = new { templateId = (string?)null, parameters = new { MaHoSo = "H49" } }
        },
        en = (object?)null,
        defects = Array.Empty<object>(),
        warnings = new[] { new { path = "vi.sms", message = "dài" } },
    };
}
